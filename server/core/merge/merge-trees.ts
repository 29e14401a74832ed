import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { describeContent } from "../file-content.ts";
import { listPathCollisions } from "../file-path.ts";
import {
  comparePaths,
  isSameFile,
  mayHaveText,
  type FileContents,
  type FileEntry,
  type FileTree,
} from "../file-tree.ts";
import { mergeModes } from "./merge-modes.ts";
import { mergeContents } from "./merge-contents.ts";

/** Why two branches conflict at a path. Neither side was chosen there. */
type MergeConflictReason = "both-changed" | "both-added" | "changed-and-deleted" | "same-place";

type ConflictSides = { base: FileEntry | null; ours: FileEntry | null; theirs: FileEntry | null };

export type MergeConflict = ConflictSides & { path: FilePath; reason: MergeConflictReason };

export type TreeMerge = {
  /** Our tree with their changes; a conflicting path keeps our entry. */
  tree: FileTree;
  newContents: FileContents;
  /** Changed paths: taken from their side, deleted as there, or merged from both. */
  taken: FilePath[];
  deleted: FilePath[];
  combined: FilePath[];
  conflicts: MergeConflict[];
};

type Sides = { base: FileTree; ours: FileTree; theirs: FileTree };

/** The contents that `mergeTrees` reads: those of files that both sides changed. */
export function listMergeHashes({ base, ours, theirs }: Sides): ContentHash[] {
  return listChangedPaths({ base, ours, theirs }).flatMap((path) => {
    const entries = [base.get(path), ours.get(path), theirs.get(path)];
    return entries.every((entry) => entry !== undefined && mayHaveText(entry))
      ? entries.flatMap((entry) => entry?.contentHash ?? [])
      : [];
  });
}

/**
 * Merges two branches of a project file by file. A change of one side is taken; text that both changed is merged by
 * lines, and the mode separately; anything else is a conflict, returned as data. A moved file is a deletion and an
 * addition, so a change of it on the other side is a conflict and not lost.
 */
export function mergeTrees({ base, ours, theirs, contents }: Sides & { contents: FileContents }): TreeMerge {
  const entries = new Map<FilePath, FileEntry>(ours);
  const newContents = new Map<ContentHash, Uint8Array>();
  const merge: Omit<TreeMerge, "tree" | "newContents"> = { taken: [], deleted: [], combined: [], conflicts: [] };
  for (const path of listChangedPaths({ base, ours, theirs })) {
    const sides = { base: base.get(path) ?? null, ours: ours.get(path) ?? null, theirs: theirs.get(path) ?? null };
    if (isSameFile(sides.ours, sides.base)) {
      if (sides.theirs === null) {
        entries.delete(path);
        merge.deleted.push(path);
      } else {
        entries.set(path, sides.theirs);
        merge.taken.push(path);
      }
      continue;
    }
    const combined = combineFiles({ ...sides, contents });
    if (combined === null) {
      merge.conflicts.push({ path, reason: findReason(sides), ...sides });
      continue;
    }
    entries.set(path, combined.entry);
    if (combined.bytes !== null) newContents.set(combined.entry.contentHash, combined.bytes);
    merge.combined.push(path);
  }
  const tree = new Map([...entries].sort(([a], [b]) => comparePaths(a, b)));
  return {
    tree,
    newContents,
    ...merge,
    conflicts: joinConflicts(merge.conflicts, findPlaceConflicts({ tree, ours, theirs })),
  };
}

/** A path is decided once, even if both its content and its place conflict. */
function joinConflicts(ofContent: MergeConflict[], ofPlace: MergeConflict[]): MergeConflict[] {
  const known = new Set(ofContent.map(({ path }) => path));
  return [...ofContent, ...ofPlace.filter(({ path }) => !known.has(path))];
}

/** Paths that their side changed, unless ours changed them identically. */
function listChangedPaths({ base, ours, theirs }: Sides): FilePath[] {
  const paths = new Set<FilePath>();
  for (const [path, entry] of theirs)
    if (!isSameFile(base.get(path), entry) && !isSameFile(ours.get(path), entry)) paths.add(path);
  for (const path of base.keys()) if (!theirs.has(path) && ours.has(path)) paths.add(path);
  return [...paths].sort(comparePaths);
}

/** Content and mode are merged separately; null if either conflicts. */
function combineFiles({
  base,
  ours,
  theirs,
  contents,
}: ConflictSides & { contents: FileContents }): { entry: FileEntry; bytes: Uint8Array | null } | null {
  if (ours === null || theirs === null) return null;
  const mode = mergeModes({ base: base?.mode ?? null, ours: ours.mode, theirs: theirs.mode });
  if (mode === null) return null;
  if (ours.contentHash === theirs.contentHash || theirs.contentHash === base?.contentHash)
    return { entry: { ...ours, mode }, bytes: null };
  if (ours.contentHash === base?.contentHash) return { entry: { ...theirs, mode }, bytes: null };
  const bytes = mode === "120000" ? null : combineTexts({ base, ours, theirs, contents });
  return bytes === null ? null : { entry: { ...describeContent(bytes), mode }, bytes };
}

function combineTexts({ base, ours, theirs, contents }: ConflictSides & { contents: FileContents }): Uint8Array | null {
  const read = (entry: FileEntry | null) => (entry === null ? undefined : contents.get(entry.contentHash));
  const [from, left, right] = [read(base), read(ours), read(theirs)];
  if (from === undefined || left === undefined || right === undefined) return null;
  const merged = mergeContents({ base: from, ours: left, theirs: right });
  return merged.status === "merged" ? merged.bytes : null;
}

function findReason({ base, ours, theirs }: ConflictSides): MergeConflictReason {
  if (ours === null || theirs === null) return "changed-and-deleted";
  return base === null ? "both-added" : "both-changed";
}

/** Each side may add a name that collides with one of the other: `a.ts` and `A.ts`, a file and a directory. */
function findPlaceConflicts({
  tree,
  ours,
  theirs,
}: {
  tree: FileTree;
  ours: FileTree;
  theirs: FileTree;
}): MergeConflict[] {
  const paths = new Set([...listPathCollisions([...tree.keys()])].flat());
  return [...paths].sort(comparePaths).map((path) => ({
    path,
    reason: "same-place",
    base: null,
    ours: ours.get(path) ?? null,
    theirs: theirs.get(path) ?? null,
  }));
}
