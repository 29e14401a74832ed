import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { findHunkLine, listHunkLines } from "../../../diff-surface/hunks/list-hunk-lines.ts";
import type { Change, Place } from "../review-changes.ts";

export const lineWords = { "+": "added", "-": "deleted", " ": "unchanged" } as const;

/** The screen reader announcement for a move to a file: `File 7 of 40: src/a.ts, modified, viewed`. */
export function describeFile({
  file: { path, status },
  index,
  count,
  isViewed,
  isFolded,
}: {
  file: ReviewFile;
  index: number;
  count: number;
  isViewed: boolean;
  isFolded: boolean;
}): string {
  return `File ${index + 1} of ${count}: ${[path, status, isViewed ? "viewed" : "", isFolded ? "folded" : ""].filter((part) => part !== "").join(", ")}`;
}

/** For a move to a change; names its file if that changed. `count` is null while there may be more. */
export function describeChange({
  change: { path, side, first },
  index,
  count,
  isOtherFile,
}: {
  change: Change;
  index: number;
  count: number | null;
  isOtherFile: boolean;
}): string {
  return `Change${count === null ? "" : ` ${index + 1} of ${count}`}, ${side === "deletions" ? "old line" : "line"} ${first}${isOtherFile ? `, ${path}` : ""}`;
}

/**
 * For a move to a line: `Line 14 added: total = price * qty`. A line between the changes is announced by its number
 * only.
 */
export function describeLine({
  changes,
  place: { path, side, first },
  isOtherFile,
}: {
  changes: readonly Change[];
  place: Place;
  isOtherFile: boolean;
}): string {
  const file = isOtherFile ? `, ${path}` : "";
  for (const change of changes) {
    if (change.path !== path) continue;
    const lines = listHunkLines(change.hunk);
    const line = lines[findHunkLine({ lines, side, line: first })];
    if (line !== undefined)
      return `Line ${first} ${lineWords[line.sign]}${file}: ${line.text.trim() === "" ? "empty" : line.text.trim()}`;
  }
  return `Line ${first} unchanged${file}`;
}

export function describeRange({ first, last }: Pick<Place, "first" | "last">): string {
  return first === last ? `Line ${first} chosen` : `Lines ${first} to ${last} chosen`;
}
