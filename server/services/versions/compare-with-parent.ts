import type { ContentHash } from "#lib/contracts/ids.ts";
import type { LedgerCause, LedgerCounts, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { Container } from "#server/container.ts";
import { mayHaveText, type FileContents, type FileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs, loadSoundBlobs } from "#server/store/contents/blobs.ts";
import type { Transaction } from "#server/store/database.ts";

/** Compares a whole tree with its parent: the ledger, and the texts of both sides that it is computed from. */
export async function compareWithParent({
  container,
  transaction,
  parent,
  tree,
  newContents,
  cause,
}: {
  container: Pick<Container, "treeObjects">;
  transaction: Transaction;
  parent: StoredGeneration;
  tree: FileTree;
  /** Contents that are not stored yet. */
  newContents: FileContents;
  cause: LedgerCause;
}): Promise<{
  parentTree: FileTree;
  /** The texts of the tree that the parent does not have at the same path. */
  addedContents: FileContents;
  parentContents: FileContents;
  changes: LedgerEntry[];
  counts: LedgerCounts;
}> {
  const parentTree = await container.treeObjects.load({ transaction, rootHash: parent.rootTreeHash });
  const stored = await loadBlobs({
    transaction,
    hashes: listChangedHashes({ from: parentTree, to: tree }).filter((hash) => !newContents.has(hash)),
  });
  // A damaged file must not prevent its replacement. Only its removed lines are not counted.
  const { contents: parentContents } = await loadSoundBlobs({
    transaction,
    hashes: listChangedHashes({ from: tree, to: parentTree }),
  });
  const addedContents = new Map([...stored, ...newContents]);
  const ledger = compareTrees({
    parent: parentTree,
    tree,
    contents: new Map([...parentContents, ...addedContents]),
    cause,
  });
  return { parentTree, addedContents, parentContents, ...ledger };
}

/** The text contents of `to` that are not at the same path in `from`: what line counts are made of. */
function listChangedHashes({ from, to }: { from: FileTree; to: FileTree }): ContentHash[] {
  return [...to].flatMap(([path, entry]) =>
    mayHaveText(entry) && from.get(path)?.contentHash !== entry.contentHash ? [entry.contentHash] : [],
  );
}
