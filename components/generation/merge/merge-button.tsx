"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { mergeHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { Link } from "../../ui/link.tsx";
import { ActivateButton } from "./activate-button.tsx";

/**
 * Links to merging a version, unless the active one already descends from it. A version that descends from the active
 * one is made active instead: nothing is there to merge.
 */
export function MergeButton({
  projectId,
  generation,
}: {
  projectId: ProjectId;
  generation: Pick<GenerationOutput, "generationId" | "version">;
}) {
  const { generationId } = generation;
  const trpc = useTRPC();
  const { data: project } = useQuery(trpc.project.get.queryOptions({ projectId }));
  const headId = project?.headGenerationId ?? null;
  const { data } = useQuery(
    trpc.generation.relatives.queryOptions(
      headId === null ? skipToken : { generationId: headId, otherGenerationId: generationId },
    ),
  );
  if (data === undefined || data.active === null || data.commonAncestor?.generationId === generationId) return null;
  if (data.commonAncestor?.generationId === data.active.generationId)
    return <ActivateButton projectId={projectId} generation={generation} active={data.active} />;
  return (
    <Link href={mergeHref({ projectId, generationId })} className={buttonClass({ size: "sm" })}>
      <GitMerge aria-hidden />
      Merge into v{data.active.version}
    </Link>
  );
}
