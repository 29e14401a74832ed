export type PreviewEnd = { status: "STOPPED" | "FAILED"; reason: string };

/** Thrown by a step of a preview that cannot continue. */
export class PreviewEnded extends Error {
  readonly end: PreviewEnd;

  constructor(end: PreviewEnd) {
    super(end.reason);
    this.end = end;
  }
}
