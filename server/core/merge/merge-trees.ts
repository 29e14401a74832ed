import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { decodeText, describeContent, encodeText } from "../file-content.ts";
import { findPathCollision } from "../file-path.ts";
import { comparePaths, type FileContents, type FileEntry, type FileTree } from "../file-tree.ts";
import { mergeTexts } from "./merge-texts.ts";

/** Why two branches do not go together at a path: nothing was chosen there. */
export type MergeConflictReason = "both-changed" | "both-added" | "changed-and-deleted" | "same-place";

export type MergeConflict = {
  path: FilePath;
  reason: MergeConflictReason;
  base: FileEntry | null;
  ours: FileEntry | null;
  theirs: FileEntry | null;
};

export type TreeMerge = {
  /** Our tree with what their side brings; at a conflict it is as ours. */
  tree: FileTree;
  newContents: FileContents;
  /** Paths as they become: taken over from their side, deleted as there, or put together of both. */
  taken: FilePath[];
  deleted: FilePath[];
  combined: FilePath[];
  conflicts: MergeConflict[];
};

type Sides = { base: FileTree; ours: FileTree; theirs: FileTree };

/** The contents that `mergeTrees` looks at: those of files that both sides changed. */
export function listMergeHashes({ base, ours, theirs }: Sides): ContentHash[] {
  return listChangedPaths({ base, ours, theirs }).flatMap((path) => {
    const entries = [base.get(path), ours.get(path), theirs.get(path)];
    return entries.every((entry) => entry !== undefined && !entry.isBinary)
      ? entries.flatMap((entry) => entry?.contentHash ?? [])
      : [];
  });
}

/**
 * Merges two branches of a project, file by file. What one side alone changed is taken; text that both changed is
 * merged line by line; anything else is a conflict, as data. A file that moved is one that went and one that came, so
 * that a change of it on the other side is a conflict and not lost.
 */
export function mergeTrees({ base, ours, theirs, contents }: Sides & { contents: FileContents }): TreeMerge {
  const entries = new Map<FilePath, FileEntry>(ours);
  const newContents = new Map<ContentHash, Uint8Array>();
  const merge: Omit<TreeMerge, "tree" | "newContents"> = { taken: [], deleted: [], combined: [], conflicts: [] };
  for (const path of listChangedPaths({ base, ours, theirs })) {
    const sides = { base: base.get(path) ?? null, ours: ours.get(path) ?? null, theirs: theirs.get(path) ?? null };
    if (isSame(sides.ours, sides.base)) {
      if (sides.theirs === null) {
        entries.delete(path);
        merge.deleted.push(path);
      } else {
        entries.set(path, sides.theirs);
        merge.taken.push(path);
      }
      continue;
    }
    const text = combineTexts({ ...sides, contents });
    if (text === null) {
      merge.conflicts.push({ path, reason: findReason(sides), ...sides });
      continue;
    }
    const bytes = encodeText(text);
    const entry = describeContent(bytes);
    entries.set(path, entry);
    newContents.set(entry.contentHash, bytes);
    merge.combined.push(path);
  }
  const tree = new Map([...entries].sort(([a], [b]) => comparePaths(a, b)));
  return {
    tree,
    newContents,
    ...merge,
    conflicts: [...merge.conflicts, ...findPlaceConflicts({ tree, ours, theirs })],
  };
}

/** Paths that their side changed and ours did not change in the same way. */
function listChangedPaths({ base, ours, theirs }: Sides): FilePath[] {
  const paths = new Set<FilePath>();
  for (const [path, entry] of theirs)
    if (!isSame(base.get(path), entry) && !isSame(ours.get(path), entry)) paths.add(path);
  for (const path of base.keys()) if (!theirs.has(path) && ours.has(path)) paths.add(path);
  return [...paths].sort(comparePaths);
}

function isSame(a: FileEntry | null | undefined, b: FileEntry | null | undefined): boolean {
  return a?.contentHash === b?.contentHash;
}

function combineTexts({
  base,
  ours,
  theirs,
  contents,
}: {
  base: FileEntry | null;
  ours: FileEntry | null;
  theirs: FileEntry | null;
  contents: FileContents;
}): string | null {
  const [from, left, right] = [base, ours, theirs].map((entry) => {
    const bytes = entry === null ? undefined : contents.get(entry.contentHash);
    return bytes === undefined ? null : decodeText(bytes);
  });
  if (typeof from !== "string" || typeof left !== "string" || typeof right !== "string") return null;
  const merged = mergeTexts({ base: from, ours: left, theirs: right });
  return merged.status === "merged" ? merged.text : null;
}

function findReason({
  base,
  ours,
  theirs,
}: {
  base: FileEntry | null;
  ours: FileEntry | null;
  theirs: FileEntry | null;
}): MergeConflictReason {
  if (ours === null || theirs === null) return "changed-and-deleted";
  return base === null ? "both-added" : "both-changed";
}

/** Each side may bring a name that stands in the way of one of the other: `a.ts` and `A.ts`, a file and a directory. */
function findPlaceConflicts({
  tree,
  ours,
  theirs,
}: {
  tree: FileTree;
  ours: FileTree;
  theirs: FileTree;
}): MergeConflict[] {
  const collision = findPathCollision([...tree.keys()]);
  return (collision ?? []).map((path): MergeConflict => ({
    path,
    reason: "same-place",
    base: null,
    ours: ours.get(path) ?? null,
    theirs: theirs.get(path) ?? null,
  }));
}
