/** Rows beyond each edge, so that a scroll does not show a gap before it is drawn. */
const overscan = 4;

/**
 * The rows of a list of equally high ones that are to be drawn, in order. `pinned` is drawn wherever it is: it may have
 * the focus.
 */
export function rowsInSight({
  scrollTopPx,
  heightPx,
  rowHeightPx,
  count,
  pinned,
}: {
  scrollTopPx: number;
  heightPx: number;
  rowHeightPx: number;
  count: number;
  pinned: number;
}): number[] {
  const first = Math.max(0, Math.floor(scrollTopPx / rowHeightPx) - overscan);
  const end = Math.min(count, Math.ceil((scrollTopPx + heightPx) / rowHeightPx) + overscan);
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (pinned < 0 || pinned >= count || (pinned >= first && pinned < end)) return rows;
  return pinned < first ? [pinned, ...rows] : [...rows, pinned];
}
