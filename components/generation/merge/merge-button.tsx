"use client";

import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../ui/button.tsx";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";

// Few visits open it.
const MergeDialog = lazyDialog(() => import("./merge-dialog.tsx").then((module) => module.MergeDialog));

/** Offers to merge a version into the active one, where the active one does not come from it. */
export function MergeButton({
  projectId,
  generation,
}: {
  projectId: ProjectId;
  generation: Pick<GenerationOutput, "generationId" | "version">;
}) {
  const trpc = useTRPC();
  const [state, setState] = useState<"unused" | "open" | "closed">("unused");
  const { data: project } = useQuery(trpc.project.get.queryOptions({ projectId }));
  const headGenerationId = project?.headGenerationId ?? null;
  // A dialog that is open stays so while another version becomes the active one.
  const { data } = useQuery(
    trpc.generation.relatives.queryOptions(
      headGenerationId === null
        ? skipToken
        : { generationId: headGenerationId, otherGenerationId: generation.generationId },
      { placeholderData: keepPreviousData },
    ),
  );
  if (data === undefined || data.active === null || data.commonAncestor?.generationId === generation.generationId)
    return null;
  return (
    <>
      <Button size="sm" onClick={() => setState("open")}>
        <GitMerge aria-hidden />
        Merge into v{data.active.version}
      </Button>
      {state !== "unused" && (
        <MergeDialog
          projectId={projectId}
          from={generation}
          head={data.active}
          open={state === "open"}
          onOpenChange={(isOpen) => setState(isOpen ? "open" : "closed")}
        />
      )}
    </>
  );
}
