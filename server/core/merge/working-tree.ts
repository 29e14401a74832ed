import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { LedgerCause } from "#lib/contracts/versions/ledger.ts";
import { describeContent } from "../file-content.ts";
import { comparePaths, type FileContents, type FileEntry, type FileTree } from "../file-tree.ts";
import type { ChangeScope } from "./scopes/change-scope.ts";
import type { KnownPaths } from "./resolve-path.ts";

/**
 * The state of one path relative to the parent: its current entry, or null if it was deleted, and the parent's path of
 * its content.
 */
type WorkingChange = { entry: FileEntry | null; origin: FilePath | null; cause: LedgerCause };

/**
 * The parent with the operations so far, as an overlay whose cost grows with the changes. It is immutable: an operation
 * returns a new working tree, so a failed operation leaves nothing behind.
 */
export type WorkingTree = {
  parent: FileTree;
  changes: ReadonlyMap<FilePath, WorkingChange>;
  newContents: FileContents;
  /** Contents that the author has seen in full, at any path: a file with one of them may be replaced whole. */
  seen: ReadonlySet<ContentHash>;
  scope: ChangeScope;
  /**
   * A model's placeholder for code is refused at first. If the model insists, it is kept for the user to decide. A
   * user's own placeholder is always kept.
   */
  elisions: "refuse" | "keep";
};

export function openWorkingTree({
  parent,
  seen,
  scope,
}: {
  parent: FileTree;
  seen: ReadonlySet<ContentHash>;
  scope: ChangeScope;
}): WorkingTree {
  return { parent, changes: new Map(), newContents: new Map(), seen, scope, elisions: "refuse" };
}

/** The tree with some changed files reverted: each is the parent's again, a moved one at its old path. */
export function undoChanges({
  workingTree,
  paths,
}: {
  workingTree: WorkingTree;
  paths: Iterable<FilePath>;
}): WorkingTree {
  const changes = new Map(workingTree.changes);
  for (const path of paths) {
    const origin = changes.get(path)?.origin ?? null;
    changes.delete(path);
    // If another file has taken its old path since, that file has its own row and its own decision.
    if (origin !== null && changes.get(origin)?.entry === null) changes.delete(origin);
  }
  return { ...workingTree, changes };
}

/** The tree with new content for one changed file, which keeps its path, origin and mode. */
export function replaceContent({
  workingTree,
  path,
  bytes,
}: {
  workingTree: WorkingTree;
  path: FilePath;
  bytes: Uint8Array;
}): WorkingTree {
  const known = workingTree.changes.get(path);
  if (known === undefined || known.entry === null) return workingTree;
  const entry = { ...describeContent(bytes), mode: known.entry.mode };
  return {
    ...workingTree,
    changes: new Map(workingTree.changes).set(path, { ...known, entry }),
    newContents: new Map(workingTree.newContents).set(entry.contentHash, bytes),
  };
}

/** All files in their current state. */
export function buildTree({ parent, changes }: WorkingTree): FileTree {
  if (changes.size === 0) return parent;
  const tree = new Map(parent);
  let hasNewPath = false;
  for (const [path, { entry }] of changes) {
    if (entry === null) tree.delete(path);
    else {
      hasNewPath ||= !parent.has(path);
      tree.set(path, entry);
    }
  }
  return hasNewPath ? new Map([...tree].sort(([a], [b]) => comparePaths(a, b))) : tree;
}

export function findEntry({ workingTree, path }: { workingTree: WorkingTree; path: FilePath }): FileEntry | undefined {
  const change = workingTree.changes.get(path);
  return change === undefined ? workingTree.parent.get(path) : (change.entry ?? undefined);
}

/** All current paths, in no particular order. */
export function listPaths({ parent, changes }: WorkingTree): FilePath[] {
  const paths = [...parent.keys()].filter((path) => !changes.has(path));
  for (const [path, { entry }] of changes) if (entry !== null) paths.push(path);
  return paths;
}

/** The current files, for resolving paths that the author writes. */
export function knownPaths(workingTree: WorkingTree): KnownPaths {
  return {
    has: (path) => findEntry({ workingTree, path }) !== undefined,
    list: () => listPaths(workingTree),
  };
}

/** Records that the author has been shown the whole current file. */
export function markSeen({ workingTree, path }: { workingTree: WorkingTree; path: FilePath }): WorkingTree {
  const entry = findEntry({ workingTree, path });
  return entry === undefined ? workingTree : { ...workingTree, seen: new Set(workingTree.seen).add(entry.contentHash) };
}
