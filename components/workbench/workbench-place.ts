"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/**
 * What the right side of a project is about, by its address: a version, of a comparison its head, or a run. A run is
 * about the version that it made, or else the one that it was made from. Elsewhere the active version is meant.
 */
export function useWorkbenchPlace(project: Pick<ProjectOutput, "headGenerationId"> | undefined): {
  generationId: GenerationId | null;
  runId: RunId | null;
  isComparing: boolean;
} {
  const trpc = useTRPC();
  const { generation, range, run: runParam } = useParams<{ generation?: string; range?: string; run?: string }>();
  const runId = (runParam as RunId | undefined) ?? null;
  const { data: run } = useQuery(trpc.run.get.queryOptions(runId === null ? skipToken : { runId }));
  const looked = generation ?? (range === undefined ? undefined : decodeURIComponent(range).split(/\.{2,3}/)[1]);
  return {
    generationId:
      (looked as GenerationId | undefined) ??
      run?.generationId ??
      run?.parentGenerationId ??
      project?.headGenerationId ??
      null,
    runId,
    isComparing: range !== undefined,
  };
}
