import type { FileDiffStatus } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { comparePaths, getContentKey, isSameFile, type FileEntry, type FileTree } from "../file-tree.ts";

export type TreeDifference = {
  path: FilePath;
  previousPath?: FilePath;
  status: FileDiffStatus;
  oldEntry?: FileEntry;
  newEntry?: FileEntry;
};

/**
 * The paths that differ between two trees, sorted by path. The caller adds line counts, because contents are not needed
 * here.
 *
 * `moves` (new path to old path) are known moves, which may also change the content. Otherwise only files with equal,
 * non-empty content count as moved: empty files are all equal, so pairing them would be meaningless.
 */
export function diffTrees({
  base,
  head,
  moves = new Map(),
}: {
  base: FileTree;
  head: FileTree;
  moves?: ReadonlyMap<FilePath, FilePath>;
}): TreeDifference[] {
  const previousPaths = selectKnownMoves({ base, head, moves });
  const movedAway = new Set(previousPaths.values());
  const vanished = [...base.keys()].filter((path) => !head.has(path) && !movedAway.has(path)).sort(comparePaths);
  const appeared = [...head.keys()].filter((path) => !base.has(path) && !previousPaths.has(path)).sort(comparePaths);
  for (const [path, previousPath] of pairByContent({ base, head, vanished, appeared })) {
    previousPaths.set(path, previousPath);
    movedAway.add(previousPath);
  }

  const differences: TreeDifference[] = [];
  for (const [path, newEntry] of head) {
    const previousPath = previousPaths.get(path);
    const source = previousPath === undefined ? undefined : base.get(previousPath);
    if (previousPath !== undefined && source !== undefined) {
      differences.push({ path, previousPath, status: "moved", oldEntry: source, newEntry });
      continue;
    }
    const oldEntry = movedAway.has(path) ? undefined : base.get(path);
    if (oldEntry === undefined) differences.push({ path, status: "added", newEntry });
    else if (!isSameFile(oldEntry, newEntry)) differences.push({ path, status: "modified", oldEntry, newEntry });
  }
  for (const [path, oldEntry] of base) {
    if (!head.has(path) && !movedAway.has(path)) differences.push({ path, status: "deleted", oldEntry });
  }
  return differences.sort((a, b) => comparePaths(a.path, b.path));
}

/**
 * The known moves that are consistent with these two trees, which may be further apart than the change set that moved.
 * A path that exists in the base can only be a move's target if its own file moved away too.
 */
function selectKnownMoves({
  base,
  head,
  moves,
}: {
  base: FileTree;
  head: FileTree;
  moves: ReadonlyMap<FilePath, FilePath>;
}): Map<FilePath, FilePath> {
  const selected = new Map<FilePath, FilePath>();
  const taken = new Set<FilePath>();
  for (const [path, previousPath] of moves) {
    const source = base.get(previousPath);
    const isStillThere = source !== undefined && isSameFile(head.get(previousPath), source);
    if (path === previousPath || !head.has(path) || source === undefined || isStillThere || taken.has(previousPath))
      continue;
    selected.set(path, previousPath);
    taken.add(previousPath);
  }
  const isBlocked = ([path]: [FilePath, FilePath]) => base.has(path) && !taken.has(path);
  for (let blocked = [...selected].find(isBlocked); blocked !== undefined; blocked = [...selected].find(isBlocked)) {
    selected.delete(blocked[0]);
    taken.delete(blocked[1]);
  }
  return selected;
}

function pairByContent({
  base,
  head,
  vanished,
  appeared,
}: {
  base: FileTree;
  head: FileTree;
  vanished: FilePath[];
  appeared: FilePath[];
}): [FilePath, FilePath][] {
  const vanishedByContent = new Map<string, FilePath[]>();
  for (const path of vanished) {
    const entry = base.get(path);
    if (entry === undefined || entry.sizeBytes === 0) continue;
    const alike = vanishedByContent.get(getContentKey(entry));
    if (alike === undefined) vanishedByContent.set(getContentKey(entry), [path]);
    else alike.push(path);
  }
  return appeared.flatMap((path): [FilePath, FilePath][] => {
    const entry = head.get(path);
    const candidates = (entry === undefined ? undefined : vanishedByContent.get(getContentKey(entry))) ?? [];
    const previousPath = candidates.find((candidate) => getBaseName(candidate) === getBaseName(path)) ?? candidates[0];
    if (previousPath === undefined) return [];
    candidates.splice(candidates.indexOf(previousPath), 1);
    return [[path, previousPath]];
  });
}

function getBaseName(path: FilePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
