import type { LedgerCounts, LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { countLineChanges } from "../diff/count-line-changes.ts";
import { comparePaths, isSameFile, type FileContents, type FileEntry, type FileTree } from "../file-tree.ts";
import type { WorkingTree } from "../merge/working-tree.ts";
import { readEncodedText } from "../text-encoding.ts";
import { describeSides } from "./describe-sides.ts";

/** The rows that are not `kept`, derived from the operations; the work grows only with the changes. */
export function buildLedger({
  workingTree,
  tree,
  contents,
}: {
  workingTree: WorkingTree;
  tree: FileTree;
  contents: FileContents;
}): { changes: LedgerEntry[]; counts: LedgerCounts } {
  const { parent } = workingTree;
  const changes: LedgerEntry[] = [];
  // A parent's path moves to at most one place; a second copy of its content is an addition.
  const movedAway = new Set<string>();
  for (const [path, { entry, origin, cause }] of [...workingTree.changes].sort(([a], [b]) => comparePaths(a, b))) {
    const before = parent.get(path);
    if (entry === null) continue;
    if (before !== undefined) {
      if (!isSameFile(before, entry)) {
        changes.push({
          path,
          disposition: "modified",
          ...describeSides({ before, after: entry }),
          ...countLines({ before, after: entry, contents }),
          cause,
        });
      }
    } else if (origin !== null && parent.has(origin) && !tree.has(origin) && !movedAway.has(origin)) {
      movedAway.add(origin);
      const source = parent.get(origin);
      changes.push({
        path,
        previousPath: origin,
        disposition: "moved",
        ...describeSides({ before: source, after: entry }),
        ...countLines({ before: source, after: entry, contents }),
        cause,
      });
    } else {
      changes.push({
        path,
        disposition: "added",
        ...describeSides({ before: undefined, after: entry }),
        ...countLines({ before: undefined, after: entry, contents }),
        cause,
      });
    }
  }
  for (const [path, { entry, cause }] of workingTree.changes) {
    const before = parent.get(path);
    if (entry !== null || before === undefined || movedAway.has(path)) continue;
    changes.push({
      path,
      disposition: "deleted",
      ...describeSides({ before, after: undefined }),
      ...countLines({ before, after: undefined, contents }),
      cause,
    });
  }
  changes.sort((a, b) => comparePaths(a.path, b.path));
  return { changes, counts: countDispositions({ changes, tree }) };
}

/** The counts of a ledger, from the rows that are not `kept`. */
export function countDispositions({ changes, tree }: { changes: LedgerEntry[]; tree: FileTree }): LedgerCounts {
  const counts: LedgerCounts = { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0, total: tree.size };
  for (const { disposition } of changes) counts[disposition] += 1;
  counts.kept = tree.size - counts.modified - counts.added - counts.moved;
  return counts;
}

/**
 * Added and removed lines between two text entries in any encoding; 0 if a side is binary or both are equal. A text
 * whose content is missing because it is damaged has no lines.
 */
export function countLines({
  before,
  after,
  contents,
}: {
  before: FileEntry | undefined;
  after: FileEntry | undefined;
  contents: FileContents;
}): { additions: number; deletions: number } {
  const nothing = { additions: 0, deletions: 0 };
  if (before?.contentHash === after?.contentHash) return nothing;
  const toText = (entry: FileEntry | undefined) => {
    if (entry === undefined) return "";
    const bytes = contents.get(entry.contentHash);
    if (bytes === undefined) return entry.isBinary ? null : "";
    return readEncodedText(bytes)?.text ?? null;
  };
  const [oldText, newText] = [toText(before), toText(after)];
  return oldText === null || newText === null ? nothing : countLineChanges({ before: oldText, after: newText });
}
