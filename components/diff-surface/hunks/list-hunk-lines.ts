import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { Hunk, HunkLine } from "./parse-hunks.ts";

/** One line of a hunk with its number on its side. An unchanged line counts as new and also has an old number. */
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

/** The line of a hunk with a number on a side; an unchanged line has a number on both. */
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
