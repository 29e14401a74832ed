import { groupBySize } from "./group-by-size.ts";
import { inlineBytes } from "./run-in-thread.ts";
import type { ThreadTasks } from "./thread-tasks.ts";
import { ThreadTimeoutError, type ThreadPool } from "./thread-pool.ts";

/**
 * Bytes of text in one task, so that several threads can work on one request. A text of the largest size is a task of
 * its own.
 */
const groupBytes = 1_048_576;

type ListTask = {
  [Name in keyof ThreadTasks]: ThreadTasks[Name] extends (items: infer Items) => unknown
    ? Items extends unknown[]
      ? Name
      : never
    : never;
}[keyof ThreadTasks];
type ItemOf<Name extends ListTask> = Parameters<ThreadTasks[Name]>[0] extends (infer Item)[] ? Item : never;
type ResultOf<Name extends ListTask> = Awaited<ReturnType<ThreadTasks[Name]>>[number];

/**
 * Runs a task for each of many items and returns the results in order: on this thread if there is little to do,
 * otherwise on threads. The result is null for an item that takes longer than `timeoutMs`.
 *
 * @throws like `ThreadPool.run`, except for time-outs
 */
export async function mapInThreads<Name extends ListTask>({
  threads,
  task,
  items,
  sizeOf,
  inline,
  timeoutMs,
}: {
  threads: ThreadPool;
  task: Name;
  items: readonly ItemOf<Name>[];
  /** Bytes of text. */
  sizeOf: (item: ItemOf<Name>) => number;
  /** The same work on this thread. Absent if it always runs on another one. */
  inline?: (item: ItemOf<Name>) => ResultOf<Name>;
  timeoutMs: number;
}): Promise<(ResultOf<Name> | null)[]> {
  const totalBytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
  if (items.length === 0) return [];
  if (inline !== undefined && totalBytes <= inlineBytes) return items.map(inline);
  const run = async (group: ItemOf<Name>[]): Promise<(ResultOf<Name> | null)[]> => {
    try {
      return (await threads.run({ task, input: group as never, timeoutMs })) as ResultOf<Name>[];
    } catch (error) {
      if (!(error instanceof ThreadTimeoutError)) throw error;
      if (group.length === 1) return [null];
      return (await Promise.all(group.map((item) => run([item])))).flat();
    }
  };
  return (await Promise.all(groupBySize({ items, sizeOf, maxBytes: groupBytes }).map(run))).flat();
}
