/** Rows beyond each edge, so that scrolling shows no gap before a render. */
const overscan = 4;

/**
 * The rows to render of a list of equally high ones, in order. `pinned` is always rendered, because it may have the
 * focus.
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
