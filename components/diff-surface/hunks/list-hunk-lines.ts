import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { Hunk, HunkLine } from "./parse-hunks.ts";

/**
 * One line of a hunk with its number on the side that has it; an unchanged one counts as of the new side, and has an
 * old number too.
 */
export type NumberedLine = HunkLine & { side: DiffSide; line: number; oldLine?: number };

export function listHunkLines({ oldStart, newStart, lines }: Hunk): NumberedLine[] {
  let oldLine = oldStart;
  let newLine = newStart;
  return lines.map(({ sign, text }): NumberedLine => {
    const numbered: NumberedLine =
      sign === "-"
        ? { sign, text, side: "deletions", line: oldLine }
        : { sign, text, side: "additions", line: newLine, ...(sign === " " ? { oldLine } : {}) };
    if (sign !== "+") oldLine += 1;
    if (sign !== "-") newLine += 1;
    return numbered;
  });
}

/** The line of a hunk that has a number on a side; an unchanged one has a number on both. */
export function findHunkLine({
  lines,
  side,
  line,
}: {
  lines: readonly NumberedLine[];
  side: DiffSide;
  line: number;
}): number {
  return lines.findIndex((each) =>
    side === "deletions" && each.sign === " " ? each.oldLine === line : each.side === side && each.line === line,
  );
}
