import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { Hunk } from "./hunks/parse-hunks.ts";

/** A line of one side of one file. */
export type SurfaceLine = { id: string; side: DiffSide; line: number };

/** A line that the pointer entered, and what renders it. */
export type HoveredLine = SurfaceLine & { element: HTMLElement };

type Position = { top: number; height: number } | undefined;

/** The part of the library's view that is needed to know what is visible. */
type ScrolledView = {
  getScrollTop(): number;
  getHeight(): number;
  getTopForItem(id: string): number | undefined;
  getRenderedItems(): {
    id: string;
    instance: {
      getLinePosition(line: number, side?: DiffSide): Position;
      getNumericScrollAnchor(localTop: number): { lineNumber: number; side?: DiffSide | undefined } | undefined;
    };
  }[];
};

/** The height of a one-row sticky file header. No line of a file that ends below it is readable. */
export const headerHeightPx = 42;

/** The height of a `LowHeader`. */
export const lowHeaderHeightPx = 22;

/** From the top of a fold to the line below it. */
export const foldHeightPx = 39;

/** Between the sticky header and the actions of a hunk. */
export const barGapPx = 4;

/** The visible files, topmost first. Iterates over the few rendered ones. */
export function listFilesInView(view: ScrolledView): string[] {
  const top = view.getScrollTop();
  const drawn = view.getRenderedItems().flatMap(({ id }) => {
    const start = view.getTopForItem(id);
    return start === undefined ? [] : [{ id, start }];
  });
  return drawn
    .filter(
      ({ start }, index) =>
        start < top + view.getHeight() && (drawn[index + 1]?.start ?? Number.POSITIVE_INFINITY) > top + headerHeightPx,
    )
    .map(({ id }) => id);
}

/** The first line below the header of the topmost file; null if it shows none. */
export function readTopLine(view: ScrolledView): SurfaceLine | null {
  const [id] = listFilesInView(view);
  const drawn = view.getRenderedItems().find((each) => each.id === id);
  const start = id === undefined ? undefined : view.getTopForItem(id);
  if (drawn === undefined || start === undefined) return null;
  const line = drawn.instance.getNumericScrollAnchor(Math.max(0, view.getScrollTop() - start + headerHeightPx));
  return line === undefined ? null : { id: drawn.id, side: line.side ?? "additions", line: line.lineNumber };
}

/** Returns whether the user can read a line: it is completely in view, and its file's header does not cover it. */
export function isLineInView({ view, place }: { view: ScrolledView; place: SurfaceLine }): boolean {
  const position = findPosition({ view, place });
  const start = view.getTopForItem(place.id);
  if (position === undefined || start === undefined) return false;
  const top = start + position.top - view.getScrollTop();
  return top >= headerHeightPx && top + position.height <= view.getHeight();
}

/** The extent of a hunk, in pixels from the top of the surface. */
export type HunkExtent = { topPx: number; bottomPx: number; isBelowFold: boolean };

/**
 * Null for a hunk without a known line. `positionOf` returns a line's position within its file, whose top is
 * `fileTopPx`.
 */
export function locateHunk({
  hunk: { oldStart, oldCount, newStart, newCount },
  fileTopPx,
  positionOf,
}: {
  hunk: Hunk;
  fileTopPx: number;
  positionOf: (line: number, side: DiffSide) => Position;
}): HunkExtent | null {
  const sides = [
    { side: "deletions" as const, first: oldStart, count: oldCount },
    { side: "additions" as const, first: newStart, count: newCount },
  ];
  const ends = sides.flatMap(({ side, first, count }) =>
    count === 0 ? [] : [first, first + count - 1].flatMap((line) => positionOf(line, side) ?? []),
  );
  if (ends.length === 0) return null;
  return {
    topPx: fileTopPx + Math.min(...ends.map(({ top }) => top)),
    bottomPx: fileTopPx + Math.max(...ends.map(({ top, height }) => top + height)),
    isBelowFold: Math.max(oldStart, newStart) > 1,
  };
}

/** Whether a line is rendered individually. All lines of a folded gap have the same position. */
export function isLineUnfolded({ view, place }: { view: ScrolledView; place: SurfaceLine }): boolean {
  const position = findPosition({ view, place });
  if (position === undefined || position.height === 0) return false;
  return [-1, 1].every(
    (by) => findPosition({ view, place: { ...place, line: place.line + by } })?.top !== position.top,
  );
}

function findPosition({ view, place: { id, side, line } }: { view: ScrolledView; place: SurfaceLine }): Position {
  return view
    .getRenderedItems()
    .find((each) => each.id === id)
    ?.instance.getLinePosition(line, side);
}
