import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { Hunk } from "../hunks/parse-hunks.ts";

/** Lines to unfold at one end of the gap before a hunk; the last gap follows the last hunk. */
type Reveal = { gap: number; at: "start" | "end"; count: number };

/** The number of context lines around a change. */
const linesAround = 3;

/** What to unfold to show a line outside all hunks, starting at the nearer hunk; null if a hunk shows it. */
export function planReveal({
  hunks,
  side,
  line,
}: {
  hunks: readonly Hunk[];
  side: DiffSide;
  line: number;
}): Reveal | null {
  const toRange = ({ oldStart, oldCount, newStart, newCount }: Hunk) => {
    const [start, count] = side === "deletions" ? [oldStart, oldCount] : [newStart, newCount];
    // A side without lines is positioned after the line that it names.
    return count === 0 ? { first: start + 1, end: start + 1 } : { first: start, end: start + count };
  };
  const ranges = hunks.map(toRange);
  if (line < 1 || ranges.length === 0 || ranges.some(({ first, end }) => line >= first && line < end)) return null;
  const behind = ranges.findIndex(({ first }) => first > line);
  const gap = behind === -1 ? ranges.length : behind;
  const fromStart = line - (ranges[gap - 1]?.end ?? 1) + 1;
  const fromEnd = (ranges[gap]?.first ?? Number.POSITIVE_INFINITY) - line;
  return fromStart < fromEnd || gap === ranges.length
    ? { gap, at: "start", count: fromStart + linesAround }
    : { gap, at: "end", count: fromEnd + linesAround };
}
