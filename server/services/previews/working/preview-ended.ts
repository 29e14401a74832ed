export type PreviewEnd = { status: "STOPPED" | "FAILED"; reason: string };

/** Thrown through the steps of a preview, by the one that it cannot go on from. */
export class PreviewEnded extends Error {
  readonly end: PreviewEnd;

  constructor(end: PreviewEnd) {
    super(end.reason);
    this.end = end;
  }
}
