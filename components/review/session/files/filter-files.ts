import type { FileDiffStatus, ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { MergeOrigins } from "../../data/merge-origins.ts";

/** The files that the surface shows: of some states, and of a merge perhaps only what it put together. */
export function filterShown({
  files,
  statuses,
  isCombinedOnly,
  originOf,
}: {
  files: readonly ReviewFile[];
  /** None: all. */
  statuses: readonly FileDiffStatus[];
  isCombinedOnly: boolean;
  /** Null for what is no merge. */
  originOf: MergeOrigins | null;
}): readonly ReviewFile[] {
  const ofStatus =
    statuses.length === 0 ? files : files.filter(({ status }) => status !== "kept" && statuses.includes(status));
  return isCombinedOnly && originOf !== null
    ? ofStatus.filter(({ path }) => ![null, "taken"].includes(originOf(path)))
    : ofStatus;
}

/** Those of them that the list beside it shows: by a part of their path, and perhaps only what was not viewed. */
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

/** Those that are still to be viewed. */
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
 * The file that a mark leads on to: the next unviewed one behind the file that was marked, or else the first. Undefined
 * where no other is left.
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
