import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause, LedgerCounts, LedgerEntry } from "#lib/contracts/ledger.ts";
import { comparePaths, type FileContents, type FileTree } from "../file-tree.ts";
import { countLines } from "./build-ledger.ts";

/**
 * The ledger between two trees that no operations connect, as a roll back, a restore or an import gives. A file that
 * vanished and one with the same content that appeared are a move.
 */
export function compareTrees({
  parent,
  tree,
  contents,
  cause,
}: {
  parent: FileTree;
  tree: FileTree;
  /** At least the text contents of every path that differs. */
  contents: FileContents;
  cause: LedgerCause;
}): { changes: LedgerEntry[]; counts: LedgerCounts } {
  const vanishedByHash = new Map<ContentHash, FilePath[]>();
  for (const [path, { contentHash }] of parent) {
    if (!tree.has(path)) vanishedByHash.set(contentHash, [...(vanishedByHash.get(contentHash) ?? []), path]);
  }
  const changes: LedgerEntry[] = [];
  const counts: LedgerCounts = { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0, total: tree.size };
  for (const [path, after] of tree) {
    const before = parent.get(path);
    if (before?.contentHash === after.contentHash) {
      counts.kept += 1;
      continue;
    }
    const previousPath = before === undefined ? vanishedByHash.get(after.contentHash)?.shift() : undefined;
    const disposition = before !== undefined ? "modified" : previousPath !== undefined ? "moved" : "added";
    counts[disposition] += 1;
    const oldHash = before?.contentHash ?? (previousPath === undefined ? undefined : after.contentHash);
    changes.push({
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      disposition,
      ...(oldHash === undefined ? {} : { oldHash }),
      newHash: after.contentHash,
      ...(disposition === "moved" ? { additions: 0, deletions: 0 } : countLines({ before, after, contents })),
      cause,
    });
  }
  for (const [contentHash, paths] of vanishedByHash) {
    for (const path of paths) {
      counts.deleted += 1;
      changes.push({
        path,
        disposition: "deleted",
        oldHash: contentHash,
        ...countLines({ before: parent.get(path), after: undefined, contents }),
        cause,
      });
    }
  }
  return { changes: changes.sort((a, b) => comparePaths(a.path, b.path)), counts };
}
