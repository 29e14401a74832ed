import type { ThreadTasks } from "./thread-tasks.ts";
import type { ThreadCall, ThreadPool } from "./thread-pool.ts";

/** Work on so little text takes less than handing it to a thread and waiting for it; any kind of it is below 20 ms. */
export const inlineBytes = 32_768;

/** Runs a task at once where there is little text, else in a thread. @throws as `ThreadPool.run` */
export async function runInThread<Name extends keyof ThreadTasks>({
  threads,
  sizeBytes,
  inline,
  ...call
}: ThreadCall<Name> & {
  threads: ThreadPool;
  /** Of all texts in the input. */
  sizeBytes: number;
  /** The same work in this thread. */
  inline: (input: ThreadCall<Name>["input"]) => Awaited<ReturnType<ThreadTasks[Name]>>;
}): Promise<Awaited<ReturnType<ThreadTasks[Name]>>> {
  return sizeBytes <= inlineBytes ? inline(call.input) : threads.run<Name>(call as unknown as ThreadCall<Name>);
}
