import { compareLines } from "./compare-lines.ts";
import { findRegions } from "./find-regions.ts";
import { joinRegions } from "./format-hunks.ts";
import { settleLineGroups } from "./settle-line-groups.ts";
import { splitLines } from "./split-lines.ts";

/** The default context of a patch. It decides which changes share a hunk. */
const defaultContextLines = 3;

/**
 * A text with some hunks taken and the others left as before. Hunks are counted from 0 in the order of the file's patch
 * with three lines of context.
 *
 * @param takes whether to take the hunk of an index
 * @returns the text and the number of hunks
 */
export function takeHunks({
  before,
  after,
  takes,
}: {
  before: string;
  after: string;
  takes: (index: number) => boolean;
}): { text: string; hunkCount: number } {
  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  const comparison = settleLineGroups({
    before: oldLines,
    after: newLines,
    comparison: compareLines({ before: oldLines, after: newLines }),
  });
  const hunks = joinRegions({ regions: findRegions(comparison), contextLines: defaultContextLines });
  const output: string[] = [];
  let oldAt = 0;
  for (const [index, regions] of hunks.entries())
    for (const { oldStart, oldEnd, newStart, newEnd } of regions) {
      output.push(...oldLines.slice(oldAt, oldStart));
      output.push(...(takes(index) ? newLines.slice(newStart, newEnd) : oldLines.slice(oldStart, oldEnd)));
      oldAt = oldEnd;
    }
  return { text: [...output, ...oldLines.slice(oldAt)].join(""), hunkCount: hunks.length };
}
