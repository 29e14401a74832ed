/** Entries beyond each edge, so that scrolling shows no gap before a render. */
const overscanPx = 300;

/**
 * The end of each entry, measured from the newest, which is first: a thread is anchored at its newest entry and grows
 * upwards.
 */
export function sumHeights(heights: readonly number[]): number[] {
  let end = 0;
  return heights.map((height) => (end += height));
}

/**
 * The entries to render, newest first, when scrolled up by `fromEndPx` from the newest. `pinned` is always rendered,
 * because it may have the focus; -1 is none.
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

/** The entry at a distance from the newest end; the oldest for larger distances. */
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

/** The scroll distance from the newest at which an entry is visible, changed as little as possible. */
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
