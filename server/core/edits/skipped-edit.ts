/** A block without effect. It was skipped, and the others were applied. */
export type SkippedEdit = { editIndex: number; code: "NO_CHANGE" | "ALREADY_APPLIED"; message: string };

/** One sentence per block, for the model and for the run's record. */
export function describeSkipped(skipped: readonly SkippedEdit[]): string {
  return skipped.map(({ editIndex, message }) => `Block ${editIndex + 1} was left out: ${message}`).join(" ");
}
