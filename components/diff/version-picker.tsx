import { ArrowLeftRight } from "lucide-react";
import { useRouter } from "next/navigation";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { compareHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";

/** The two versions of a comparison, each to be exchanged for any other. */
export function VersionPicker({ projectId, base, head, versions }: { projectId: ProjectId; base: GenerationId; head: GenerationId; versions: GenerationOutput[] }) {
  const router = useRouter();
  const open = (pair: { base: GenerationId; head: GenerationId }) => router.push(compareHref({ projectId, ...pair }));
  const options = versions.map(({ generationId, version, isHead, prompt, kind }) => ({
    value: generationId as string,
    label: `v${version}${isHead ? ", active" : ""}`,
    description: (prompt ?? kind).slice(0, 80),
  }));
  return (
    <div className="flex items-center gap-1">
      <Select label="Base" isLabelHidden value={base as string} options={options} onChange={(next) => open({ base: next as GenerationId, head })} className="w-28" />
      <Button look="ghost" size="icon-sm" aria-label="Swap base and head" onClick={() => open({ base: head, head: base })}>
        <ArrowLeftRight aria-hidden />
      </Button>
      <Select label="Head" isLabelHidden value={head as string} options={options} onChange={(next) => open({ base, head: next as GenerationId })} className="w-28" />
    </div>
  );
}
