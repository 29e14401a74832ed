import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import type { MergeConflict, TreeMerge } from "#server/core/merge/merge-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { planTreeMerge } from "./plan-tree-merge.ts";

type PlannedMerge = { head: StoredGeneration; from: StoredGeneration; baseId: GenerationId | null; merge: TreeMerge };

/**
 * The merge of a version into the head.
 *
 * @throws AppError GENERATION_NOT_FOUND, NO_CHANGES if the head already contains it
 */
export async function planMerge({
  container,
  transaction,
  ownerId,
  input,
  headId,
}: {
  container: Container;
  transaction: Transaction;
  ownerId: string;
  input: { projectId: ProjectId; fromGenerationId: GenerationId };
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

/** The texts of both sides, and of where they come from, at each conflict. */
export function loadConflictContents({
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
