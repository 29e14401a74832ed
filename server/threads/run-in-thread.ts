import type { ThreadTasks } from "./thread-tasks.ts";
import type { ThreadCall } from "./thread-call.ts";
import type { ThreadPool } from "./thread-pool.ts";

/** Below this size a task takes less than 20 ms, which is less than handing it to a thread. */
export const inlineBytes = 32_768;

/** Runs a task on this thread if there is little text, otherwise on another one. Throws like `ThreadPool.run`. */
export async function runInThread<Name extends keyof ThreadTasks>({
  threads,
  sizeBytes,
  inline,
  ...call
}: ThreadCall<Name> & {
  threads: ThreadPool;
  /** Bytes of all texts in the input. */
  sizeBytes: number;
  /** The same work on this thread. */
  inline: (input: ThreadCall<Name>["input"]) => Awaited<ReturnType<ThreadTasks[Name]>>;
}): Promise<Awaited<ReturnType<ThreadTasks[Name]>>> {
  return sizeBytes <= inlineBytes ? inline(call.input) : threads.run<Name>(call as unknown as ThreadCall<Name>);
}
