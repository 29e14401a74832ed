import type { SurfaceLine } from "../../../diff-surface/surface-view.ts";
import type { Change } from "../review-changes.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

/**
 * The next or previous change if none is current: from the surface's top line if that is in the current file, else from
 * the file's start. Without a current file, from the ends of the comparison.
 *
 * @param rank the files' order on the surface
 */
export function findChangeFrom({
  changes,
  rank,
  current,
  top,
  by,
}: {
  changes: readonly Change[];
  rank: ReadonlyMap<string, number>;
  current: ReviewFile | null;
  top: SurfaceLine | null;
  by: 1 | -1;
}): Change | undefined {
  if (current === null) return changes.at(by === 1 ? 0 : -1);
  const at = rank.get(current.path) ?? 0;
  const isBehind = (change: Change) => {
    if (change.path !== current.path) return (rank.get(change.path) ?? 0) > at;
    return top?.id !== current.path || startOf({ change, side: top.side }) >= top.line;
  };
  return by === 1 ? changes.find(isBehind) : changes.findLast((change) => !isBehind(change));
}

/** The line number of a change's first line on a side, or where it would be. */
function startOf({ change: { hunk }, side }: { change: Change; side: SurfaceLine["side"] }): number {
  const unchanged = hunk.lines.findIndex(({ sign }) => sign !== " ");
  return (side === "deletions" ? hunk.oldStart : hunk.newStart) + Math.max(0, unchanged);
}
