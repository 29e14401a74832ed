"use client";

import { useParams } from "next/navigation";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";

/**
 * What the right side of a project is about, by its address: a version, of a comparison its head, or a run. Elsewhere
 * the active version is meant, and `isActiveMeant` says so.
 */
export function useWorkbenchPlace(project: Pick<ProjectOutput, "headGenerationId"> | undefined): {
  generationId: GenerationId | null;
  runId: RunId | null;
  isComparing: boolean;
} {
  const { generation, range, run } = useParams<{ generation?: string; range?: string; run?: string }>();
  const looked = generation ?? (range === undefined ? undefined : decodeURIComponent(range).split(/\.{2,3}/)[1]);
  return {
    generationId: (looked as GenerationId | undefined) ?? project?.headGenerationId ?? null,
    runId: (run as RunId | undefined) ?? null,
    isComparing: range !== undefined,
  };
}
