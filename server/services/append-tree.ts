import type { GenerationKind } from "#lib/contracts/generation-kind.ts";
import type { ContentHash, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { emptyFileTree } from "#server/core/file-tree.ts";
import type { FileContents, FileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/blobs.ts";
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
} & ({ parent: StoredGeneration; projectId?: undefined } | { parent: null; projectId: ProjectId })): Promise<{ generationId: GenerationId }> {
  const parentTree = parent === null ? emptyFileTree : await container.treeObjects.load({ transaction, rootHash: parent.rootTreeHash });
  const stored = await loadBlobs({ transaction, hashes: listChangedHashes({ parentTree, tree }).filter((hash) => !newContents.has(hash)) });
  const { changes, counts } = compareTrees({ parent: parentTree, tree, contents: new Map([...stored, ...newContents]), cause: kind });
  const { generationId } = await appendGeneration({
    transaction,
    treeObjects: container.treeObjects,
    generation: {
      projectId: parent === null ? projectId : parent.projectId,
      kind,
      author: "user",
      prompt,
      parentGenerationIds: [...(parent === null ? [] : [parent.generationId]), ...(mergedGenerationId === null ? [] : [mergedGenerationId])],
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

/** The contents on either side of every path that differs: what line counts are made of. */
function listChangedHashes({ parentTree, tree }: { parentTree: FileTree; tree: FileTree }): ContentHash[] {
  const hashes: ContentHash[] = [];
  for (const [path, { contentHash, isBinary }] of parentTree) if (!isBinary && tree.get(path)?.contentHash !== contentHash) hashes.push(contentHash);
  for (const [path, { contentHash, isBinary }] of tree) if (!isBinary && parentTree.get(path)?.contentHash !== contentHash) hashes.push(contentHash);
  return hashes;
}
