/** The longest that other requests wait for a loop that awaits the returned function. */
const sliceMs = 15;

/**
 * For a loop of many small steps that awaits the returned function after each. Once the current slice is used up, the
 * function yields to the event loop.
 */
export function startTimeSlices(): () => Promise<void> {
  let sliceStart = performance.now();
  return async () => {
    if (performance.now() - sliceStart < sliceMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    sliceStart = performance.now();
  };
}

/** Runs work in short steps, and yields to the event loop once a time slice is used up. */
export async function runInSlices<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  const letOthersGo = startTimeSlices();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await letOthersGo();
  }
}
