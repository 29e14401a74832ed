/** A laptop on battery often runs on two cores; a third worker would only slow down the page. */
export const diffWorkerCount = 2;

/** A worker that colours code. */
export function startDiffWorker(): Worker {
  return new Worker(new URL("@pierre/diffs/worker/worker.js", import.meta.url), { type: "module" });
}
