import type { LineComparison } from "./compare-lines.ts";

/** One change: half-open ranges of 0-based lines. An empty range marks where the other side's lines belong. */
export type ChangedRegion = { oldStart: number; oldEnd: number; newStart: number; newEnd: number };

/** The runs of marked lines of a comparison, in order. */
export function findRegions({ removed, added }: LineComparison): ChangedRegion[] {
  const regions: ChangedRegion[] = [];
  let oldAt = 0;
  let newAt = 0;
  while (oldAt < removed.length || newAt < added.length) {
    const oldStart = oldAt;
    const newStart = newAt;
    while (removed[oldAt] === 1) oldAt += 1;
    while (added[newAt] === 1) newAt += 1;
    if (oldAt > oldStart || newAt > newStart) {
      regions.push({ oldStart, oldEnd: oldAt, newStart, newEnd: newAt });
      continue;
    }
    oldAt += 1;
    newAt += 1;
  }
  return regions;
}
