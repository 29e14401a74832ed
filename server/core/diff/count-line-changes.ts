import { compareLines } from "./compare-lines.ts";
import { splitLines } from "./split-lines.ts";

export type LineChangeCounts = { additions: number; deletions: number };

/** Added and removed lines between two texts, as shown in the patch of `buildFilePatch`. */
export function countLineChanges({ before, after }: { before: string; after: string }): LineChangeCounts {
  if (before === after) return { additions: 0, deletions: 0 };
  const { removed, added } = compareLines({ before: splitLines(before), after: splitLines(after) });
  return { additions: countMarks(added), deletions: countMarks(removed) };
}

/** The number of lines that a comparison marks on one side. */
export function countMarks(marks: Uint8Array): number {
  let count = 0;
  for (const mark of marks) count += mark;
  return count;
}
