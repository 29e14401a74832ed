import { getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { threadTasks, type ThreadTasks } from "./thread-tasks.ts";

type ThreadRequest = { [Name in keyof ThreadTasks]: { name: Name; input: unknown } }[keyof ThreadTasks];
export type ThreadReply = { value: unknown } | { error: string };

export type ThreadData = { niceness: number };

const { niceness } = workerData as ThreadData;
// On Linux 0 is the calling thread; elsewhere it would lower the priority of the whole process, which would lose its
// leases.
if (niceness > 0 && process.platform === "linux") setPriority(0, Math.max(niceness, getPriority(0)));

/** Handles one request at a time. */
parentPort?.on("message", (request: ThreadRequest) => {
  const work = threadTasks[request.name] as (input: unknown) => unknown;
  void Promise.resolve()
    .then(() => work(request.input))
    .then(
      (value): ThreadReply => ({ value }),
      (error: unknown): ThreadReply => ({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    )
    .then((reply) => parentPort?.postMessage(reply));
});
