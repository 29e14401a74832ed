/** Two cores are the rule on a laptop's battery; a third worker only takes from the page. */
export const diffWorkerCount = 2;

/** Workers that were started and not yet taken. */
const started: Worker[] = [];

/** A worker that colours code: one that was started already, where there is one. */
export function takeDiffWorker(): Worker {
  return started.pop() ?? createWorker();
}

/** Starts the workers while the code that will use them is still on its way. Once for the tab. */
export function startDiffWorkers(): void {
  while (started.length < diffWorkerCount) started.push(createWorker());
}

function createWorker(): Worker {
  return new Worker(new URL("@pierre/diffs/worker/worker.js", import.meta.url), { type: "module" });
}
