import type { LineComparison } from "./compare-lines.ts";
import { findRegions } from "./find-regions.ts";

/** Readers do not look further for a better position, and the limit bounds the work in a file of equal lines. */
const maxSlideLines = 100;

/**
 * Slides each run of only added or only removed lines to where a reader expects it: a new function starts at its first
 * line instead of the closing bracket above. A run slides over lines that equal the lines at its other end, so the
 * comparison stays valid and equally short.
 */
export function settleLineGroups({
  before,
  after,
  comparison,
}: {
  before: readonly string[];
  after: readonly string[];
  comparison: LineComparison;
}): LineComparison {
  const removed = comparison.removed.slice();
  const added = comparison.added.slice();
  const regions = findRegions(comparison);
  let oldFloor = 0;
  let newFloor = 0;
  regions.forEach(({ oldStart, oldEnd, newStart, newEnd }, index) => {
    const next = regions[index + 1];
    let shift = 0;
    if (oldStart === oldEnd) {
      shift = findBestShift({
        lines: after,
        start: newStart,
        end: newEnd,
        floor: newFloor,
        ceiling: next?.newStart ?? after.length,
      });
      moveMarks({ marks: added, start: newStart, end: newEnd, shift });
    } else if (newStart === newEnd) {
      shift = findBestShift({
        lines: before,
        start: oldStart,
        end: oldEnd,
        floor: oldFloor,
        ceiling: next?.oldStart ?? before.length,
      });
      moveMarks({ marks: removed, start: oldStart, end: oldEnd, shift });
    }
    oldFloor = oldEnd + shift;
    newFloor = newEnd + shift;
  });
  return { removed, added };
}

type Group = { lines: readonly string[]; start: number; end: number };

/** How many lines the group moves down (negative: up) without passing `floor` or `ceiling`. */
function findBestShift({ lines, start, end, floor, ceiling }: Group & { floor: number; ceiling: number }): number {
  let highest = 0;
  while (highest < maxSlideLines && start - highest > floor && lines[start - highest - 1] === lines[end - highest - 1])
    highest += 1;
  let lowest = 0;
  while (lowest < maxSlideLines && end + lowest < ceiling && lines[start + lowest] === lines[end + lowest]) lowest += 1;
  let best = lowest;
  let bestCost = Infinity;
  for (let shift = lowest; shift >= -highest; shift -= 1) {
    const cost = rateBoundary(lines, start + shift) + rateBoundary(lines, end + shift);
    if (cost < bestCost) {
      bestCost = cost;
      best = shift;
    }
  }
  return best;
}

/**
 * The cost of a cut above a line: low at the outermost indentation and after a blank line, higher above a closing
 * bracket.
 */
function rateBoundary(lines: readonly string[], index: number): number {
  const line = lines[index];
  if (line === undefined) return -6;
  if (isBlank(line)) return measureIndent(lines[index + 1] ?? "") * 10 + 5;
  const above = lines[index - 1];
  const indent = measureIndent(line);
  if (above === undefined || isBlank(above)) return indent * 10 - 6;
  return indent * 10 + (measureIndent(above) > indent ? 3 : 0);
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** A tab counts as eight columns. */
function measureIndent(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === " ") columns += 1;
    else if (character === "\t") columns += 8;
    else break;
  }
  return columns;
}

function moveMarks({
  marks,
  start,
  end,
  shift,
}: {
  marks: Uint8Array;
  start: number;
  end: number;
  shift: number;
}): void {
  marks.fill(0, start, end);
  marks.fill(1, start + shift, end + shift);
}
