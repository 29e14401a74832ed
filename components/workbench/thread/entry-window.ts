/** Entries beyond each edge, so that a scroll does not show a gap before it is drawn. */
const overscanPx = 300;

/**
 * Where each entry ends, counted from the newest, which is the first: a thread stands on its newest entry and grows
 * upwards.
 */
export function sumHeights(heights: readonly number[]): number[] {
  let end = 0;
  return heights.map((height) => (end += height));
}

/**
 * The entries that are to be drawn, the newest first, where `fromEndPx` is scrolled up from the newest one. `pinned` is
 * drawn wherever it is, since it may have the focus; -1 is none.
 */
export function entriesInSight({
  ends,
  fromEndPx,
  heightPx,
  pinned,
}: {
  ends: readonly number[];
  fromEndPx: number;
  heightPx: number;
  pinned: number;
}): number[] {
  const first = findEntryAt({ ends, atPx: fromEndPx - overscanPx });
  const end = Math.min(ends.length, findEntryAt({ ends, atPx: fromEndPx + heightPx + overscanPx }) + 1);
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (pinned < 0 || pinned >= ends.length || (pinned >= first && pinned < end)) return rows;
  return pinned < first ? [pinned, ...rows] : [...rows, pinned];
}

/** The entry that covers a distance from the newest end; the oldest for all beyond it. */
function findEntryAt({ ends, atPx }: { ends: readonly number[]; atPx: number }): number {
  let low = 0;
  let high = Math.max(0, ends.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > atPx) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How far up from the newest to scroll so that an entry is in sight: as little as shows it. */
export function fromEndToShow({
  ends,
  index,
  fromEndPx,
  heightPx,
}: {
  ends: readonly number[];
  index: number;
  fromEndPx: number;
  heightPx: number;
}): number {
  const end = ends[index] ?? 0;
  const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
  return Math.min(start, Math.max(end - heightPx, fromEndPx));
}
