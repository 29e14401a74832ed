/** Work that stops after each few milliseconds, so that whoever does it can let others go. */
export type Steps<Result> = Generator<undefined, Result>;

/** All of the work at once. */
export function finishSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
