import type { GenerationId } from "#lib/contracts/ids.ts";
import { emptyFileTree, type FileTree } from "#server/core/file-tree.ts";
import { listMergeHashes, mergeTrees, type TreeMerge } from "#server/core/merge/merge-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { findMergeBase, getStoredGeneration } from "#server/store/versions/generations.ts";
import type { TreeObjects } from "#server/store/contents/tree-objects.ts";

/** The merge of two generations' trees from their common ancestor. Deterministic, because all of them are immutable. */
export async function planTreeMerge({
  treeObjects,
  transaction,
  ours,
  theirs,
}: {
  treeObjects: TreeObjects;
  transaction: Transaction;
  ours: StoredGeneration;
  theirs: StoredGeneration;
}): Promise<{ baseId: GenerationId | null; merge: TreeMerge }> {
  const baseId = await findMergeBase({ transaction, a: ours.generationId, b: theirs.generationId });
  const load = async (generation: StoredGeneration | null): Promise<FileTree> =>
    generation === null ? emptyFileTree : treeObjects.load({ transaction, rootHash: generation.rootTreeHash });
  const sides = {
    base: await load(baseId === null ? null : await getStoredGeneration({ transaction, generationId: baseId })),
    ours: await load(ours),
    theirs: await load(theirs),
  };
  const contents = await loadBlobs({ transaction, hashes: new Set(listMergeHashes(sides)) });
  return { baseId, merge: mergeTrees({ ...sides, contents }) };
}
