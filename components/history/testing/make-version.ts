import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";

export const versionId = (version: number) => `g${version}` as GenerationId;

/** A minimal version for tests. */
export function makeVersion({
  version,
  parent,
  ...rest
}: {
  version: number;
  parent?: number;
  kind?: GenerationKind;
  prompt?: string;
  label?: string;
  isBookmarked?: boolean;
  isHead?: boolean;
  status?: "passed" | "failed";
}): GenerationOutput {
  return {
    generationId: versionId(version),
    version,
    parentGenerationIds: parent === undefined ? [] : [versionId(parent)],
    kind: rest.kind ?? "iterate",
    authorName: null,
    commitId: null,
    author: "model",
    prompt: rest.prompt ?? null,
    label: rest.label ?? null,
    isBookmarked: rest.isBookmarked ?? false,
    isHead: rest.isHead ?? false,
    counts: { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0, total: 0 },
    additions: 0,
    deletions: 0,
    validation: { status: rest.status ?? "passed", issueCount: 0 },
    createdAt: "2026-01-01T00:00:00.000Z",
    runId: null,
    sourceGenerationId: null,
    model: "builtin:scaffold",
    candidateSetId: null,
    costUsd: null,
  };
}
