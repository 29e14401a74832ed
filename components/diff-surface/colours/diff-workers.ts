/** Two cores are the rule on a laptop's battery; a third worker only takes from the page. */
export const diffWorkerCount = 2;

/** A worker that colours code. */
export function startDiffWorker(): Worker {
  return new Worker(new URL("@pierre/diffs/worker/worker.js", import.meta.url), { type: "module" });
}
