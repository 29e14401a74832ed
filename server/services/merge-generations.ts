import type { z } from "zod";
import type { generationMergeInput, generationMergePreviewInput, MergePreviewOutput } from "#lib/contracts/generation.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import { findPathCollision } from "#server/core/file-path.ts";
import { comparePaths, emptyFileTree } from "#server/core/file-tree.ts";
import type { FileEntry, FileTree } from "#server/core/file-tree.ts";
import { listMergeHashes, mergeTrees } from "#server/core/merge/merge-trees.ts";
import type { MergeConflict, TreeMerge } from "#server/core/merge/merge-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { findMergeBase, getStoredGeneration } from "#server/store/generations.ts";
import { lockHead } from "#server/store/projects.ts";
import { appendTree } from "./append-tree.ts";
import { assertHead } from "./assert-head.ts";

type PreviewInput = z.infer<typeof generationMergePreviewInput>;
type PlannedMerge = { head: StoredGeneration; from: StoredGeneration; baseId: GenerationId | null; merge: TreeMerge };

/**
 * What merging a version into the head would take, put together and have to ask about. Changes nothing.
 * @throws AppError PROJECT_NOT_FOUND, GENERATION_NOT_FOUND, NO_CHANGES where the head has all of it already
 */
export async function previewMerge({ container, ownerId, input }: { container: Container; ownerId: string; input: PreviewInput }): Promise<MergePreviewOutput> {
  return container.database.prisma.$transaction(async (transaction) => {
    const { head, baseId, merge } = await planMerge({ container, transaction, ownerId, input });
    const { taken, deleted, combined } = merge;
    const conflicts = [];
    for (const conflict of merge.conflicts) conflicts.push({ path: conflict.path, reason: conflict.reason, patch: await readConflictPatch({ transaction, conflict }) });
    return { headGenerationId: head.generationId, baseGenerationId: baseId, taken, deleted, combined, conflicts };
  });
}

/**
 * Merges a version into the head, as a new version of kind `merge` with both as parents. Conflicts are decided by the person,
 * file by file; without a decision nothing is stored.
 * @throws AppError PROJECT_NOT_FOUND, GENERATION_NOT_FOUND, HEAD_MOVED, MERGE_CONFLICT, NO_CHANGES
 */
export async function mergeGenerations({ container, ownerId, input }: { container: Container; ownerId: string; input: z.infer<typeof generationMergeInput> }): Promise<{ generationId: GenerationId }> {
  return container.database.prisma.$transaction(async (transaction) => {
    const { head, from, merge } = await planMerge({ container, transaction, ownerId, input });
    assertHead({ head: head.generationId, expected: input.expectedHeadGenerationId, notDone: "Nothing was merged." });
    const tree = decideConflicts({ merge, decisions: new Map(input.decisions?.map(({ path, take }) => [path, take])) });
    return appendTree({
      container,
      transaction,
      parent: head,
      tree,
      newContents: merge.newContents,
      kind: "merge",
      prompt: `Merged v${from.version} into v${head.version}`,
      sourceGenerationId: null,
      mergedGenerationId: from.generationId,
    });
  });
}

async function planMerge({ container, transaction, ownerId, input }: { container: Container; transaction: Transaction; ownerId: string; input: PreviewInput }): Promise<PlannedMerge> {
  const { treeObjects } = container;
  const headId = await lockHead({ transaction, ownerId, projectId: input.projectId });
  const from = await getStoredGeneration({ transaction, generationId: input.fromGenerationId, ownerId });
  if (headId === null || from.projectId !== input.projectId) {
    throw new AppError({ code: "GENERATION_NOT_FOUND", message: "This project has no such version. Nothing was merged. Its history shows what there is.", details: { generationId: input.fromGenerationId } });
  }
  const head = await getStoredGeneration({ transaction, generationId: headId });
  const baseId = await findMergeBase({ transaction, a: headId, b: from.generationId });
  if (baseId === from.generationId) throw new AppError({ code: "NO_CHANGES", message: `The active v${head.version} has all of v${from.version} already, so there is nothing to merge.` });
  const load = async (generation: StoredGeneration | null): Promise<FileTree> => (generation === null ? emptyFileTree : treeObjects.load({ transaction, rootHash: generation.rootTreeHash }));
  const sides = { base: await load(baseId === null ? null : await getStoredGeneration({ transaction, generationId: baseId })), ours: await load(head), theirs: await load(from) };
  const contents = await loadBlobs({ transaction, hashes: new Set(listMergeHashes(sides)) });
  return { head, from, baseId, merge: mergeTrees({ ...sides, contents }) };
}

function decideConflicts({ merge, decisions }: { merge: TreeMerge; decisions: ReadonlyMap<FilePath, "ours" | "theirs"> }): FileTree {
  const open = merge.conflicts.filter(({ path }) => !decisions.has(path)).map(({ path }) => path);
  if (open.length > 0) throw conflicted(open);
  const entries = new Map<FilePath, FileEntry>(merge.tree);
  for (const { path, ours, theirs } of merge.conflicts) {
    const chosen = decisions.get(path) === "theirs" ? theirs : ours;
    if (chosen === null) entries.delete(path);
    else entries.set(path, chosen);
  }
  const collision = findPathCollision([...entries.keys()]);
  if (collision !== null) throw conflicted([...collision]);
  return new Map([...entries].sort(([a], [b]) => comparePaths(a, b)));
}

function conflicted(paths: FilePath[]): AppError {
  return new AppError({
    code: "MERGE_CONFLICT",
    message: `Both versions changed ${paths.length === 1 ? paths[0] : `${paths.length} files`} differently. Nothing was merged. Choose a side for each.`,
    details: { paths },
  });
}

async function readConflictPatch({ transaction, conflict: { path, ours, theirs } }: { transaction: Transaction; conflict: MergeConflict }): Promise<string> {
  const contents = await loadBlobs({ transaction, hashes: [ours, theirs].flatMap((entry) => entry?.contentHash ?? []) });
  const read = (entry: FileEntry | null) => (entry === null ? null : (contents.get(entry.contentHash) ?? null));
  return buildFilePatch({ path, before: read(ours), after: read(theirs), contextLines: 3, ignoreWhitespace: false }).patch;
}
