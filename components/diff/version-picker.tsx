import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { compareHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";

/** As many as a person scrolls through; the history compares any two. */
const offeredVersions = 100;
const maxPromptCharacters = 60;

type Version = Pick<GenerationOutput, "generationId" | "version" | "isHead" | "prompt" | "kind">;

/** The two versions of a comparison, each to be exchanged for another. */
export function VersionPicker({ projectId, base, head }: { projectId: ProjectId; base: Version; head: Version }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data } = useQuery(trpc.generation.list.queryOptions({ projectId, limit: offeredVersions }));
  const byId = new Map<GenerationId, Version>([...(data?.items ?? []), base, head].map((version) => [version.generationId, version]));
  const options = [...byId.values()]
    .toSorted((one, other) => other.version - one.version)
    .map(({ generationId, version, isHead, prompt, kind }) => ({ value: generationId as string, label: `v${version}${isHead ? ", active" : ""}`, description: (prompt ?? kind).slice(0, maxPromptCharacters) }));
  const open = (pair: { base: GenerationId; head: GenerationId }) => router.push(compareHref({ projectId, ...pair }));
  return (
    <div className="flex items-center gap-1">
      <Select label="Base" isLabelHidden value={base.generationId as string} options={options} onChange={(next) => open({ base: next as GenerationId, head: head.generationId })} className="w-32" />
      <Button look="ghost" size="icon-sm" aria-label="Swap base and head" onClick={() => open({ base: head.generationId, head: base.generationId })}>
        <ArrowLeftRight aria-hidden />
      </Button>
      <Select label="Head" isLabelHidden value={head.generationId as string} options={options} onChange={(next) => open({ base: base.generationId, head: next as GenerationId })} className="w-32" />
    </div>
  );
}
