import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import { findHunkLine, listHunkLines, type NumberedLine } from "../../../diff-surface/hunks/list-hunk-lines.ts";
import { findHunkAt, type Hunk } from "../../../diff-surface/hunks/parse-hunks.ts";
import type { Change, Place } from "../review-changes.ts";

type Line = { side: DiffSide; line: number };

type Step = {
  /** In surface order, without those of folded files. */
  changes: readonly Change[];
  place: Place;
  by: 1 | -1;
  /** Whether a line between the changes was unfolded. */
  isShown: (line: Line & { path: Place["path"] }) => boolean;
};

/**
 * The next or previous line on the surface, from the selection's end in that direction; at a file's edge, that of the
 * next file. Unchanged lines are walked on the current side. Null at the edge of the comparison.
 */
export function stepLine({ changes, place: { path, side, first, last }, by, isShown }: Step): Place | null {
  const hunks = listHunksOf({ changes, path });
  const next = stepWithinFile({
    hunks,
    from: { side, line: by === 1 ? last : first },
    by,
    isShown: (line) => isShown({ path, ...line }),
  });
  if (next !== null) return toPlace({ path, ...next });
  const edge =
    by === 1
      ? changes.findLastIndex((change) => change.path === path)
      : changes.findIndex((change) => change.path === path);
  const change = edge === -1 ? undefined : changes[edge + by];
  const line = change === undefined ? undefined : listHunkLines(change.hunk).at(by === 1 ? 0 : -1);
  return change === undefined || line === undefined
    ? null
    : toPlace({ path: change.path, side: line.side, line: line.line });
}

/** The selection with its moving end one line further, to an existing line; the other end, its `anchor`, stays. */
export function growPlace({ changes, place, anchor, by, isShown }: Step & { anchor: number }): Place {
  const { path, side } = place;
  const end = place.first === anchor ? place.last : place.first;
  const beyond = end + by;
  const hunks = listHunksOf({ changes, path });
  const isThere = findHunkAt({ hunks, side, line: beyond }) !== -1 || isShown({ path, side, line: beyond });
  const hunk = isThere ? undefined : findHunkBeyond({ hunks, from: { side, line: end }, by });
  const next = isThere ? beyond : hunk === undefined ? end : by === 1 ? startOf({ hunk, side }) : endOf({ hunk, side });
  return { path, side, first: Math.min(anchor, next), last: Math.max(anchor, next) };
}

function stepWithinFile({
  hunks,
  from,
  by,
  isShown,
}: {
  hunks: readonly Hunk[];
  from: Line;
  by: 1 | -1;
  isShown: (line: Line) => boolean;
}): Line | null {
  const hunk = hunks[findHunkAt({ hunks, ...from })];
  const lines = hunk === undefined ? [] : listHunkLines(hunk);
  const at = findHunkLine({ lines, ...from });
  const isUnchanged = at === -1 || lines[at]?.sign === " ";
  const next = at === -1 ? undefined : lines[at + by];
  if (next !== undefined) return isUnchanged ? onSide({ line: next, side: from.side }) : next;
  const beyond = { side: from.side, line: from.line + by };
  if (findHunkAt({ hunks, ...beyond }) === -1 && isShown(beyond)) return beyond;
  const nextHunk = findHunkBeyond({ hunks, from, by });
  const edge = nextHunk === undefined ? undefined : listHunkLines(nextHunk).at(by === 1 ? 0 : -1);
  return edge === undefined ? null : isUnchanged ? onSide({ line: edge, side: from.side }) : edge;
}

/** The nearest hunk after or before a line that has lines of the side. */
function findHunkBeyond({
  hunks,
  from: { side, line },
  by,
}: {
  hunks: readonly Hunk[];
  from: Line;
  by: 1 | -1;
}): Hunk | undefined {
  return by === 1
    ? hunks.find((hunk) => startOf({ hunk, side }) > line)
    : hunks.findLast((hunk) => endOf({ hunk, side }) < line);
}

function listHunksOf({ changes, path }: { changes: readonly Change[]; path: string }): Hunk[] {
  return changes.flatMap((change) => (change.path === path ? [change.hunk] : []));
}

function onSide({ line, side }: { line: NumberedLine; side: DiffSide }): Line {
  return side === "deletions" && line.oldLine !== undefined ? { side, line: line.oldLine } : line;
}

function startOf({ hunk, side }: { hunk: Hunk; side: DiffSide }): number {
  return side === "deletions" ? hunk.oldStart : hunk.newStart;
}

function endOf({ hunk, side }: { hunk: Hunk; side: DiffSide }): number {
  return side === "deletions" ? hunk.oldStart + hunk.oldCount - 1 : hunk.newStart + hunk.newCount - 1;
}

function toPlace({ path, side, line }: Line & { path: Place["path"] }): Place {
  return { path, side, first: line, last: line };
}
