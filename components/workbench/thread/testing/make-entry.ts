import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { ThreadGeneration, ThreadRun } from "#lib/contracts/runs/thread.ts";
import { makeVersion, versionId } from "../../../history/testing/make-version.ts";

/** A minimal version entry of a thread for tests. */
export function makeVersionEntry({
  version,
  parent,
  ...rest
}: {
  version: number;
  parent?: number;
} & Partial<Pick<ThreadGeneration, "prompt" | "summary" | "label" | "generationKind">>): ThreadGeneration {
  const { kind, ...generation } = makeVersion({ version, ...(parent === undefined ? {} : { parent }) });
  return {
    ...generation,
    kind: "generation",
    generationKind: kind,
    summary: null,
    attachments: [],
    plan: null,
    durationMs: null,
    candidateSetId: null,
    ...rest,
  };
}

/** A minimal entry for a run without a version. */
export function makeRunEntry({
  id,
  parent,
  ...rest
}: { id: string; parent: number } & Partial<
  Pick<ThreadRun, "status" | "prompt" | "failure" | "answer" | "runKind">
>): ThreadRun {
  return {
    kind: "run",
    runId: id as RunId,
    runKind: "generate",
    status: "FAILED",
    prompt: "Do it",
    model: "builtin:scaffold",
    parentGenerationId: versionId(parent) as GenerationId,
    parentVersion: parent,
    failure: null,
    answer: null,
    attachments: [],
    plan: [],
    waitsFor: null,
    candidateSetId: null,
    counts: null,
    costUsd: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    endedAt: null,
    ...rest,
  };
}
