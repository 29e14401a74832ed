import type { LineComparison } from "./compare-lines.ts";
import { findRegions, type ChangedRegion } from "./find-regions.ts";

/**
 * The hunks of a unified diff, with up to `contextLines` unchanged lines around each change; empty if nothing is
 * marked. Unchanged lines are printed as in `before`.
 */
export function formatHunks({
  before,
  after,
  comparison,
  contextLines,
}: {
  before: readonly string[];
  after: readonly string[];
  comparison: LineComparison;
  contextLines: number;
}): string {
  const output: string[] = [];
  for (const hunk of joinRegions({ regions: findRegions(comparison), contextLines })) {
    const first = hunk[0];
    const last = hunk.at(-1);
    if (first === undefined || last === undefined) continue;
    const leading = Math.min(contextLines, first.oldStart);
    const trailing = Math.min(contextLines, before.length - last.oldEnd);
    const oldStart = first.oldStart - leading;
    const newStart = first.newStart - leading;
    const oldRange = formatRange({ start: oldStart, count: last.oldEnd + trailing - oldStart });
    const newRange = formatRange({ start: newStart, count: last.newEnd + trailing - newStart });
    output.push(`@@ -${oldRange} +${newRange} @@\n`);
    let oldAt = oldStart;
    for (const region of hunk) {
      pushLines({ output, mark: " ", lines: before.slice(oldAt, region.oldStart) });
      pushLines({ output, mark: "-", lines: before.slice(region.oldStart, region.oldEnd) });
      pushLines({ output, mark: "+", lines: after.slice(region.newStart, region.newEnd) });
      oldAt = region.oldEnd;
    }
    pushLines({ output, mark: " ", lines: before.slice(oldAt, oldAt + trailing) });
  }
  return output.join("");
}

/** Regions whose context would touch or overlap share a hunk. */
export function joinRegions({
  regions,
  contextLines,
}: {
  regions: ChangedRegion[];
  contextLines: number;
}): ChangedRegion[][] {
  const hunks: ChangedRegion[][] = [];
  let previousEnd = -Infinity;
  for (const region of regions) {
    const current = hunks.at(-1);
    if (current !== undefined && region.oldStart - previousEnd <= 2 * contextLines) current.push(region);
    else hunks.push([region]);
    previousEnd = region.oldEnd;
  }
  return hunks;
}

/** `start` is 0-based. An empty range names the line before it, as the format requires. */
function formatRange({ start, count }: { start: number; count: number }): string {
  if (count === 1) return `${start + 1}`;
  return `${count === 0 ? start : start + 1},${count}`;
}

function pushLines({
  output,
  mark,
  lines,
}: {
  output: string[];
  mark: " " | "-" | "+";
  lines: readonly string[];
}): void {
  for (const line of lines) output.push(mark, line, line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n");
}
