"use client";

import { useParams } from "next/navigation";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";

/**
 * The subject of a project's right side, by its address: a version, in a comparison its head, or a run. Other addresses
 * refer to the active version, which `isActiveMeant` says.
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
