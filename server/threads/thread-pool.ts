import { AppError } from "#lib/errors.ts";
import { CallQueue } from "./call-queue.ts";
import { PooledThread } from "./pooled-thread.ts";
import type { PendingCall, ThreadCall } from "./thread-call.ts";
import type { ThreadTasks } from "./thread-tasks.ts";

/** More waiting tasks than this cannot finish within the time limit of a request. */
const maxWaiting = 2_000;

/** A task exceeded its time limit. The pool ended its thread. */
export class ThreadTimeoutError extends AppError {
  constructor({ task, timeoutMs }: { task: string; timeoutMs: number }) {
    super({
      code: "INPUT_TOO_LARGE",
      message: `The texts are so large that comparing or reading them took more than ${timeoutMs / 1_000} s, so Graft gave up. Nothing was changed. Split the file, or try again when less is going on.`,
      details: { limit: "threadTime", task, maximumMs: timeoutMs },
    });
  }
}

/** A task was refused because too many are waiting. */
class ThreadsBusyError extends AppError {
  constructor() {
    super({
      code: "RATE_LIMITED",
      message: `${maxWaiting} comparisons wait to be made already. Nothing was changed. Try again in a minute.`,
    });
  }
}

export type ThreadPool = {
  /**
   * Runs a task in a thread, so that the process stays responsive.
   *
   * @throws ThreadTimeoutError, ThreadsBusyError; Error if the task threw, the thread crashed or the pool was closed;
   *   the signal's reason when aborted
   */
  run<Name extends keyof ThreadTasks>(call: ThreadCall<Name>): Promise<Awaited<ReturnType<ThreadTasks[Name]>>>;
  close(): Promise<void>;
};

/** Starts threads on demand and ends them after an idle time. `onError` receives the reason of a thread's crash. */
export function createThreadPool({
  size,
  niceness = 0,
  onError,
}: {
  size: number;
  /** The niceness of the threads on a busy host: 0 is normal, 19 the lowest priority. */
  niceness?: number;
  onError: (error: Error) => void;
}): ThreadPool {
  const threads = new Set<PooledThread>();
  const waiting = new CallQueue();
  let isClosed = false;

  const end = async (thread: PooledThread) => {
    threads.delete(thread);
    await thread.end();
  };
  const finish = ({ thread, settle }: { thread: PooledThread; settle: (done: PendingCall) => void }) => {
    const done = thread.release();
    if (done !== null) settle(done);
    next();
  };
  const breakOff = ({ thread, error }: { thread: PooledThread; error: Error }) => {
    onError(error);
    void end(thread);
    finish({ thread, settle: ({ reject }) => reject(error) });
  };
  const start = (): PooledThread => {
    const thread = new PooledThread({
      niceness,
      onReply: (reply) =>
        finish({
          thread,
          settle: ({ resolve, reject }) => ("error" in reply ? reject(new Error(reply.error)) : resolve(reply.value)),
        }),
      onCrash: (error) => breakOff({ thread, error }),
    });
    threads.add(thread);
    return thread;
  };
  const begin = ({ thread, pending }: { thread: PooledThread; pending: PendingCall }) => {
    const { task, timeoutMs } = pending.call;
    thread.begin({
      pending,
      onTimeout: () => breakOff({ thread, error: new ThreadTimeoutError({ task, timeoutMs }) }),
    });
  };
  const next = () => {
    if (isClosed) return;
    for (const thread of [...threads].filter(({ current }) => current === null)) {
      const pending = waiting.takeNext();
      if (pending === undefined) thread.rest(() => void end(thread));
      else begin({ thread, pending });
    }
    while (threads.size < size) {
      const pending = waiting.takeNext();
      if (pending === undefined) return;
      begin({ thread: start(), pending });
    }
  };
  const giveUp = (pending: PendingCall) => {
    const reason: unknown = pending.call.signal?.reason;
    if (waiting.remove(pending)) {
      pending.reject(reason);
      return;
    }
    const thread = [...threads].find(({ current }) => current === pending);
    if (thread === undefined) return;
    void end(thread);
    finish({ thread, settle: ({ reject }) => reject(reason) });
  };

  return {
    async run(call) {
      call.signal?.throwIfAborted();
      if (isClosed) throw closed();
      if (waiting.countLike(call) >= maxWaiting) throw new ThreadsBusyError();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const pending: PendingCall = { call, resolve, reject };
      const onAbort = () => giveUp(pending);
      call.signal?.addEventListener("abort", onAbort, { once: true });
      waiting.add(pending);
      next();
      try {
        return (await promise) as never;
      } finally {
        call.signal?.removeEventListener("abort", onAbort);
      }
    },
    async close() {
      isClosed = true;
      const left = [...threads].flatMap(({ current }) => current ?? []);
      left.push(...waiting.takeAll());
      await Promise.all([...threads].map(end));
      for (const { reject } of left) reject(closed());
    },
  };
}

function closed(): Error {
  return new Error("No more tasks are run: the process ends.");
}
