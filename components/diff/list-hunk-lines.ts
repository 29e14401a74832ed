import type { DiffSide } from "#lib/contracts/review-comment.ts";
import type { Hunk, HunkLine } from "./parse-hunks.ts";

/** One line of a hunk with its number on the side that has it; an unchanged one counts as of the new side. */
export type NumberedLine = HunkLine & { side: DiffSide; line: number };

export function listHunkLines({ oldStart, newStart, lines }: Hunk): NumberedLine[] {
  let oldLine = oldStart;
  let newLine = newStart;
  return lines.map(({ sign, text }): NumberedLine => {
    const numbered: NumberedLine = sign === "-" ? { sign, text, side: "deletions", line: oldLine } : { sign, text, side: "additions", line: newLine };
    if (sign !== "+") oldLine += 1;
    if (sign !== "-") newLine += 1;
    return numbered;
  });
}
