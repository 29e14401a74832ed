import type { GenerationKind } from "#lib/contracts/generation-kind.ts";
import type { ContentHash, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { emptyFileTree, type FileContents, type FileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs, loadSoundBlobs } from "#server/store/blobs.ts";
import type { Transaction } from "#server/store/database.ts";
import { appendGeneration } from "#server/store/generations.ts";

/** Appends a version whose tree is given whole: its ledger is computed from the two trees. */
export async function appendTree({
  container,
  transaction,
  parent,
  projectId,
  tree,
  newContents,
  kind,
  prompt,
  sourceGenerationId,
  mergedGenerationId = null,
}: {
  container: Pick<Container, "treeObjects">;
  transaction: Transaction;
  tree: FileTree;
  newContents: FileContents;
  kind: Extract<GenerationKind, "rollback" | "restore" | "import" | "merge">;
  prompt: string | null;
  sourceGenerationId: GenerationId | null;
  /** The second parent of a merge. */
  mergedGenerationId?: GenerationId | null;
} & ({ parent: StoredGeneration; projectId?: undefined } | { parent: null; projectId: ProjectId })): Promise<{
  generationId: GenerationId;
}> {
  const parentTree =
    parent === null ? emptyFileTree : await container.treeObjects.load({ transaction, rootHash: parent.rootTreeHash });
  const added = await loadBlobs({
    transaction,
    hashes: listChangedHashes({ from: parentTree, to: tree }).filter((hash) => !newContents.has(hash)),
  });
  // A damaged file must not stand in the way of what replaces it; only its removed lines stay uncounted.
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
      projectId: parent === null ? projectId : parent.projectId,
      kind,
      author: "user",
      prompt,
      parentGenerationIds: [
        ...(parent === null ? [] : [parent.generationId]),
        ...(mergedGenerationId === null ? [] : [mergedGenerationId]),
      ],
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

/** The text contents of `to` that are not at the same path in `from`: what line counts are made of. */
function listChangedHashes({ from, to }: { from: FileTree; to: FileTree }): ContentHash[] {
  return [...to].flatMap(([path, { contentHash, isBinary }]) =>
    !isBinary && from.get(path)?.contentHash !== contentHash ? [contentHash] : [],
  );
}
