/** Work in short steps, so that its caller can yield in between. */
export type Steps<Result> = Generator<undefined, Result>;

/** Runs all of the work at once. */
export function finishSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
