"use client";

import { useQuery } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";

// Few visits open it.
const MergeDialog = dynamic(() => import("./merge-dialog.tsx").then((module) => module.MergeDialog), { ssr: false });

/** Offers to merge a version into the active one, where the active one does not come from it. */
export function MergeButton({ projectId, generation }: { projectId: ProjectId; generation: Pick<GenerationOutput, "generationId" | "version"> }) {
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const versions = useQuery(trpc.generation.list.queryOptions({ projectId, limit: 1_000 }));
  const head = versions.data?.items.find(({ isHead }) => isHead);
  if (versions.data === undefined || head === undefined || isAncestor({ versions: versions.data.items, generationId: generation.generationId, of: head.generationId })) return null;
  return (
    <>
      <Button size="sm" onClick={() => setIsOpen(true)}>
        <GitMerge aria-hidden />
        Merge into v{head.version}
      </Button>
      {isOpen && <MergeDialog projectId={projectId} from={generation} head={head} open={isOpen} onOpenChange={setIsOpen} />}
    </>
  );
}

/** True for the version itself too. */
function isAncestor({ versions, generationId, of }: { versions: readonly GenerationOutput[]; generationId: GenerationId; of: GenerationId }): boolean {
  const parentsById = new Map(versions.map((version) => [version.generationId, version.parentGenerationIds]));
  const reached = new Set<GenerationId>([of]);
  for (const id of reached) for (const parentId of parentsById.get(id) ?? []) reached.add(parentId);
  return reached.has(generationId);
}
