import type { FileDiffStatus } from "#lib/contracts/diff.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { comparePaths } from "../file-tree.ts";
import type { FileEntry, FileTree } from "../file-tree.ts";

export type TreeDifference = { path: FilePath; previousPath?: FilePath; status: FileDiffStatus; oldEntry?: FileEntry; newEntry?: FileEntry };

/**
 * The paths that differ, sorted. A file that vanished and one that appeared are a move where `moves` (new path to old)
 * says so, or where their content is the same; likeness alone is never taken for a move.
 */
export function diffTrees({ base, head, moves }: { base: FileTree; head: FileTree; moves: ReadonlyMap<FilePath, FilePath> }): TreeDifference[] {
  const differences: TreeDifference[] = [];
  const vanished = new Map<FilePath, FileEntry>();
  for (const [path, oldEntry] of base) {
    const newEntry = head.get(path);
    if (newEntry === undefined) vanished.set(path, oldEntry);
    else if (newEntry.contentHash !== oldEntry.contentHash) differences.push({ path, status: "modified", oldEntry, newEntry });
  }
  const appeared = [...head].filter(([path]) => !base.has(path));
  const unpaired: [FilePath, FileEntry][] = [];
  for (const [path, newEntry] of appeared) {
    const previousPath = moves.get(path);
    const oldEntry = previousPath === undefined ? undefined : vanished.get(previousPath);
    if (previousPath === undefined || oldEntry === undefined) {
      unpaired.push([path, newEntry]);
      continue;
    }
    vanished.delete(previousPath);
    differences.push({ path, previousPath, status: "moved", oldEntry, newEntry });
  }
  const vanishedByHash = Map.groupBy(vanished, ([, { contentHash }]): ContentHash => contentHash);
  for (const [path, newEntry] of unpaired) {
    const source = vanishedByHash.get(newEntry.contentHash)?.shift();
    if (source === undefined) {
      differences.push({ path, status: "added", newEntry });
      continue;
    }
    const [previousPath, oldEntry] = source;
    vanished.delete(previousPath);
    differences.push({ path, previousPath, status: "moved", oldEntry, newEntry });
  }
  for (const [path, oldEntry] of vanished) differences.push({ path, status: "deleted", oldEntry });
  return differences.sort((a, b) => comparePaths(a.path, b.path));
}
