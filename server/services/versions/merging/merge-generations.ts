import type { z } from "zod";
import type {
  generationMergeInput,
  generationMergePreviewInput,
  MergePreviewOutput,
} from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import type { FileContents, FileEntry } from "#server/core/file-tree.ts";
import type { MergeConflict, TreeMerge } from "#server/core/merge/merge-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { lockHead, readHead } from "#server/store/projects.ts";
import { appendTree } from "../append-tree.ts";
import { assertHead } from "../assert-head.ts";
import { decideConflicts, listConflictParts } from "./decide-conflicts.ts";
import { planTreeMerge } from "./plan-tree-merge.ts";

type PreviewInput = z.infer<typeof generationMergePreviewInput>;
type PlannedMerge = { head: StoredGeneration; from: StoredGeneration; baseId: GenerationId | null; merge: TreeMerge };

/**
 * A preview of merging a version into the head: what is taken, combined and conflicting. Changes nothing.
 *
 * @throws AppError PROJECT_NOT_FOUND, GENERATION_NOT_FOUND, NO_CHANGES if the head already contains everything
 */
export async function previewMerge({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: PreviewInput;
}): Promise<MergePreviewOutput> {
  // Without the project's lock: a preview must not block submissions and ends of runs.
  return container.database.prisma.$transaction(async (transaction) => {
    const headId = await readHead({ transaction, ownerId, projectId: input.projectId });
    const { head, baseId, merge } = await planMerge({ container, transaction, ownerId, input, headId });
    const { taken, deleted, combined } = merge;
    const contents = await loadConflictContents({ transaction, conflicts: merge.conflicts });
    const conflicts = merge.conflicts.map((conflict) => ({
      path: conflict.path,
      reason: conflict.reason,
      oursMode: conflict.ours?.mode ?? null,
      theirsMode: conflict.theirs?.mode ?? null,
      patch: buildConflictPatch({ conflict, contents }),
      parts: listConflictParts({ conflict, contents }),
    }));
    return { headGenerationId: head.generationId, baseGenerationId: baseId, taken, deleted, combined, conflicts };
  });
}

/**
 * Merges a version into the head, as a new version of kind `merge` with both as parents. The user decides conflicts by
 * file or by hunk; without a decision nothing is stored.
 *
 * @throws AppError PROJECT_NOT_FOUND, GENERATION_NOT_FOUND, HEAD_MOVED, MERGE_CONFLICT, INPUT_TOO_LARGE, NO_CHANGES
 */
export async function mergeGenerations({
  container,
  ownerId,
  input,
}: {
  container: Container;
  ownerId: string;
  input: z.infer<typeof generationMergeInput>;
}): Promise<{ generationId: GenerationId }> {
  return container.database.prisma.$transaction(async (transaction) => {
    const headId = await lockHead({ transaction, ownerId, projectId: input.projectId });
    const { head, from, merge } = await planMerge({ container, transaction, ownerId, input, headId });
    assertHead({ head: head.generationId, expected: input.expectedHeadGenerationId, notDone: "Nothing was merged." });
    const contents = await loadConflictContents({ transaction, conflicts: merge.conflicts });
    const { tree, newContents } = decideConflicts({ merge, decisions: input.decisions ?? [], contents });
    return appendTree({
      container,
      transaction,
      parent: head,
      tree,
      newContents,
      kind: "merge",
      prompt: `Merged v${from.version} into v${head.version}`,
      sourceGenerationId: null,
      mergedGenerationId: from.generationId,
    });
  });
}

async function planMerge({
  container,
  transaction,
  ownerId,
  input,
  headId,
}: {
  container: Container;
  transaction: Transaction;
  ownerId: string;
  input: PreviewInput;
  headId: GenerationId | null;
}): Promise<PlannedMerge> {
  const from = await getStoredGeneration({ transaction, generationId: input.fromGenerationId, ownerId });
  if (headId === null || from.projectId !== input.projectId) {
    throw new AppError({
      code: "GENERATION_NOT_FOUND",
      message: "This project has no such version. Nothing was merged. Its history shows what there is.",
      details: { generationId: input.fromGenerationId },
    });
  }
  const head = await getStoredGeneration({ transaction, generationId: headId });
  const { baseId, merge } = await planTreeMerge({
    treeObjects: container.treeObjects,
    transaction,
    ours: head,
    theirs: from,
  });
  if (baseId === from.generationId)
    throw new AppError({
      code: "NO_CHANGES",
      message: `The active v${head.version} has all of v${from.version} already, so there is nothing to merge.`,
    });
  return { head, from, baseId, merge };
}

/** The texts of both sides, and of their common ancestor, at each conflict. */
function loadConflictContents({
  transaction,
  conflicts,
}: {
  transaction: Transaction;
  conflicts: readonly MergeConflict[];
}): Promise<FileContents> {
  return loadBlobs({
    transaction,
    hashes: conflicts.flatMap(({ base, ours, theirs }) =>
      [base, ours, theirs].flatMap((entry) => entry?.contentHash ?? []),
    ),
  });
}

function buildConflictPatch({
  conflict: { path, ours, theirs },
  contents,
}: {
  conflict: MergeConflict;
  contents: FileContents;
}): string {
  const read = (entry: FileEntry | null) => (entry === null ? null : (contents.get(entry.contentHash) ?? null));
  return buildFilePatch({
    path,
    before: read(ours),
    after: read(theirs),
    oldMode: ours?.mode,
    newMode: theirs?.mode,
  }).patch;
}
