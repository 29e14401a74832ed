/** A block that asks for nothing: it was left out, and the others were applied without it. */
export type SkippedEdit = { editIndex: number; code: "NO_CHANGE" | "ALREADY_APPLIED"; message: string };

/** One sentence a block, for the model and for the record of the run. */
export function describeSkipped(skipped: readonly SkippedEdit[]): string {
  return skipped.map(({ editIndex, message }) => `Block ${editIndex + 1} was left out: ${message}`).join(" ");
}
