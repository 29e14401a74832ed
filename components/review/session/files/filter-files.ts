import type { FileDiffStatus, ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { MergeOrigins } from "../../data/merge-origins.ts";

/** The files on the surface: filtered by status, and for a merge perhaps only combined ones. */
export function filterShown({
  files,
  statuses,
  isCombinedOnly,
  originOf,
}: {
  files: readonly ReviewFile[];
  /** Empty: all. */
  statuses: readonly FileDiffStatus[];
  isCombinedOnly: boolean;
  /** Null if it is not a merge. */
  originOf: MergeOrigins | null;
}): readonly ReviewFile[] {
  const ofStatus =
    statuses.length === 0 ? files : files.filter(({ status }) => status !== "kept" && statuses.includes(status));
  return isCombinedOnly && originOf !== null
    ? ofStatus.filter(({ path }) => ![null, "taken"].includes(originOf(path)))
    : ofStatus;
}

/** The files in the list beside it: filtered by a part of the path, and perhaps only unviewed ones. */
export function filterListed({
  shown,
  text,
  isUnviewedOnly,
  viewedPaths,
}: {
  shown: readonly ReviewFile[];
  text: string;
  isUnviewedOnly: boolean;
  viewedPaths: ReadonlySet<FilePath>;
}): ReviewFile[] {
  const wanted = text.trim().toLowerCase();
  return shown.filter(({ path }) => path.toLowerCase().includes(wanted) && !(isUnviewedOnly && viewedPaths.has(path)));
}

export function listUnviewed({
  files,
  viewedPaths,
}: {
  files: readonly ReviewFile[];
  viewedPaths: ReadonlySet<FilePath>;
}): ReviewFile[] {
  return files.filter(({ status, path }) => status !== "kept" && !viewedPaths.has(path));
}

/**
 * The file to move on to after marking one as viewed: the next unviewed one after it, or else the first. Undefined if
 * none is left.
 */
export function nextToView({
  listed,
  unviewed,
  marked,
}: {
  listed: readonly ReviewFile[];
  unviewed: readonly ReviewFile[];
  marked: ReviewFile;
}): ReviewFile | undefined {
  const others = unviewed.filter(({ path }) => path !== marked.path);
  const behind = new Set(
    listed.slice(listed.findIndex(({ path }) => path === marked.path) + 1).map(({ path }) => path),
  );
  return others.find(({ path }) => behind.has(path)) ?? others[0];
}
