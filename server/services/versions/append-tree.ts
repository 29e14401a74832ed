import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { ContentHash, GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { mayHaveText, type FileContents, type FileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs, loadSoundBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration } from "#server/store/versions/generations.ts";

/** Appends a version with a given complete tree: its ledger is computed from the two trees. */
export async function appendTree({
  container,
  transaction,
  parent,
  tree,
  newContents,
  kind,
  prompt,
  sourceGenerationId,
  mergedGenerationId = null,
}: {
  container: Pick<Container, "treeObjects">;
  transaction: Transaction;
  parent: StoredGeneration;
  tree: FileTree;
  newContents: FileContents;
  kind: Extract<GenerationKind, "rollback" | "restore" | "merge">;
  prompt: string | null;
  sourceGenerationId: GenerationId | null;
  /** The second parent of a merge. */
  mergedGenerationId?: GenerationId | null;
}): Promise<{ generationId: GenerationId }> {
  const parentTree = await container.treeObjects.load({ transaction, rootHash: parent.rootTreeHash });
  const added = await loadBlobs({
    transaction,
    hashes: listChangedHashes({ from: parentTree, to: tree }).filter((hash) => !newContents.has(hash)),
  });
  // A damaged file must not block its replacement; its removed lines are then not counted.
  const { contents: removed } = await loadSoundBlobs({
    transaction,
    hashes: listChangedHashes({ from: tree, to: parentTree }),
  });
  const { changes, counts } = compareTrees({
    parent: parentTree,
    tree,
    contents: new Map([...removed, ...added, ...newContents]),
    cause: kind,
  });
  const { generationId } = await appendGeneration({
    transaction,
    treeObjects: container.treeObjects,
    generation: {
      projectId: parent.projectId,
      kind,
      author: "user",
      prompt,
      parentGenerationIds: [parent.generationId, ...(mergedGenerationId === null ? [] : [mergedGenerationId])],
      sourceGenerationId,
      tree,
      newContents,
      baseContents: new Map(),
      changes,
      counts,
      issues: [],
    },
  });
  return { generationId };
}

/** The text contents of `to` that are not at the same path in `from`, for line counts. */
function listChangedHashes({ from, to }: { from: FileTree; to: FileTree }): ContentHash[] {
  return [...to].flatMap(([path, entry]) =>
    mayHaveText(entry) && from.get(path)?.contentHash !== entry.contentHash ? [entry.contentHash] : [],
  );
}
