import { listHunkLines } from "./list-hunk-lines.ts";
import type { Change, Place } from "./review-changes.ts";

/** The next or previous line that the changes of a place's file show, from the place's end that lies there; null at the file's edge. */
export function stepLine({ changes, place, by }: { changes: readonly Change[]; place: Place; by: 1 | -1 }): Place | null {
  const lines = changes.flatMap((change) => (change.path === place.path ? listHunkLines(change.hunk) : []));
  const from = by === 1 ? place.last : place.first;
  const index = lines.findIndex(({ side, line }) => side === place.side && line === from);
  const next = index === -1 ? lines[0] : lines[index + by];
  return next === undefined ? null : { path: place.path, side: next.side, first: next.line, last: next.line };
}

/** The place with one line more or less at its end. It stays on its side, and keeps one line. */
export function growPlace({ place, by }: { place: Place; by: 1 | -1 }): Place {
  return { ...place, last: Math.max(place.first, place.last + by) };
}
