import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause, LedgerCounts, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { comparePaths, getContentKey, isSameFile, type FileContents, type FileTree } from "../file-tree.ts";
import { countLines } from "./build-ledger.ts";
import { describeSides } from "./describe-sides.ts";

/**
 * The ledger between two trees without operations between them, as for a roll back, a restore or an import. A file that
 * vanished and a new one with equal content are a move.
 */
export function compareTrees({
  parent,
  tree,
  contents,
  cause,
}: {
  parent: FileTree;
  tree: FileTree;
  /** At least the text contents of every differing path. */
  contents: FileContents;
  cause: LedgerCause;
}): { changes: LedgerEntry[]; counts: LedgerCounts } {
  const vanished = new Map<string, FilePath[]>();
  for (const [path, entry] of parent) {
    if (tree.has(path)) continue;
    const alike = vanished.get(getContentKey(entry));
    if (alike === undefined) vanished.set(getContentKey(entry), [path]);
    else alike.push(path);
  }
  const changes: LedgerEntry[] = [];
  const counts: LedgerCounts = { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0, total: tree.size };
  for (const [path, after] of tree) {
    const before = parent.get(path);
    if (isSameFile(before, after)) {
      counts.kept += 1;
      continue;
    }
    const previousPath = before === undefined ? vanished.get(getContentKey(after))?.shift() : undefined;
    const disposition = before !== undefined ? "modified" : previousPath !== undefined ? "moved" : "added";
    counts[disposition] += 1;
    const source = previousPath === undefined ? before : parent.get(previousPath);
    changes.push({
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      disposition,
      ...describeSides({ before: source, after }),
      ...(disposition === "moved" ? { additions: 0, deletions: 0 } : countLines({ before, after, contents })),
      cause,
    });
  }
  for (const paths of vanished.values()) {
    for (const path of paths) {
      const before = parent.get(path);
      counts.deleted += 1;
      changes.push({
        path,
        disposition: "deleted",
        ...describeSides({ before, after: undefined }),
        ...countLines({ before, after: undefined, contents }),
        cause,
      });
    }
  }
  return { changes: changes.sort((a, b) => comparePaths(a.path, b.path)), counts };
}
