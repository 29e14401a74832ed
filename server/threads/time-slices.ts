/** Other requests wait no longer than this for a loop that asks between its steps. */
const sliceMs = 15;

/**
 * For a loop over many small steps: the returned function is awaited after each, and lets other work of the process go
 * first whenever the current slice is used up.
 */
export function startTimeSlices(): () => Promise<void> {
  let sliceStart = performance.now();
  return async () => {
    if (performance.now() - sliceStart < sliceMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    sliceStart = performance.now();
  };
}
