import type { z } from "zod";
import type {
  generationMergeInput,
  generationMergePreviewInput,
  MergePreviewOutput,
} from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import type { FileContents, FileEntry } from "#server/core/file-tree.ts";
import type { MergeConflict } from "#server/core/merge/merge-trees.ts";
import type { Transaction } from "#server/store/database.ts";
import { lockHead, readHead } from "#server/store/projects.ts";
import { appendTree } from "../append-tree.ts";
import { listConflictParts } from "./decide-conflicts.ts";
import { decideMerge } from "./decide-merge.ts";
import { loadConflictContents, planMerge } from "./plan-merge.ts";

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
  input: z.infer<typeof generationMergePreviewInput>;
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
 * Merges a version into the head, as a new version of kind `merge` with both as parents. The user decides conflicts,
 * file by file or place by place; without a decision nothing is stored. The findings of the checks are stored with the
 * result.
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
  const { prisma } = container.database;
  const decide = (merging: { transaction: Transaction; headId: GenerationId | null }) =>
    decideMerge({ container, ownerId, input, listDecisions: () => input.decisions ?? [], ...merging });
  // The checks take time, and holding the project's lock would block submissions and ends of runs.
  const ahead = await prisma.$transaction(async (transaction) =>
    decide({ transaction, headId: await readHead({ transaction, ownerId, projectId: input.projectId }) }),
  );
  return prisma.$transaction(async (transaction) => {
    const headId = await lockHead({ transaction, ownerId, projectId: input.projectId });
    const { head, from, tree, newContents, issues } =
      headId === ahead.head.generationId ? ahead : await decide({ transaction, headId });
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
      issues,
    });
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
