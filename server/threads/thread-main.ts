import { parentPort } from "node:worker_threads";
import { threadTasks, type ThreadTasks } from "./thread-tasks.ts";

export type ThreadRequest = { [Name in keyof ThreadTasks]: { name: Name; input: unknown } }[keyof ThreadTasks];
export type ThreadReply = { value: unknown } | { error: string };

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
