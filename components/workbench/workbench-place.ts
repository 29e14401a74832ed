"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useMadeVersion } from "../run/progress/run-events.ts";

/**
 * The version or run of a project's right side, from its address: a version, the head of a comparison, or a run. For a
 * run it is the version that the run made, otherwise the one it started from. On other pages it is the active version.
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
  const madeId = useMadeVersion(runId);
  const looked = generation ?? (range === undefined ? undefined : decodeURIComponent(range).split(/\.{2,3}/)[1]);
  return {
    generationId:
      (looked as GenerationId | undefined) ??
      madeId ??
      run?.generationId ??
      run?.parentGenerationId ??
      project?.headGenerationId ??
      null,
    runId,
    isComparing: range !== undefined,
  };
}
