import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { AppError } from "#lib/errors.ts";
import type { ThreadData, ThreadReply } from "./thread-main.ts";
import type { ThreadTasks } from "./thread-tasks.ts";

/**
 * The module that a thread runs. It is never bundled: it is next to this file if Node runs the sources, and in the
 * project's directory if this file is bundled, as in the web process.
 */
function findThreadMain(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), "thread-main.ts");
  return existsSync(beside) ? beside : join(process.cwd(), "server", "threads", "thread-main.ts");
}

/** How long an idle thread is kept: starting one takes 0.2 s, an idle one holds about 40 MB. */
const idleMs = 10 * 60_000;

/** More waiting tasks than this cannot finish within the time limit of a request. */
const maxWaiting = 2_000;

/**
 * Comparing texts of the largest size takes about 200 MB. Above this limit the thread ends, and the process continues.
 */
const maxHeapMb = 512;

/** The space for short-lived objects. Node's default is three times as much in every thread. */
const maxYoungHeapMb = 16;

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

export type ThreadCall<Name extends keyof ThreadTasks> = {
  task: Name;
  input: Parameters<ThreadTasks[Name]>[0];
  /** Counted from the start of the task. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** `background` tasks start after all others. */
  urgency?: "now" | "background";
};

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

type Waiting = {
  call: ThreadCall<keyof ThreadTasks>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
};

type Thread = { worker: Worker; current: Waiting | null; timer: NodeJS.Timeout | undefined };

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
  const threads = new Set<Thread>();
  const waiting: Record<NonNullable<ThreadCall<keyof ThreadTasks>["urgency"]>, Waiting[]> = { now: [], background: [] };
  let isClosed = false;

  const end = async (thread: Thread) => {
    clearTimeout(thread.timer);
    threads.delete(thread);
    thread.worker.removeAllListeners();
    await thread.worker.terminate();
  };
  const finish = ({ thread, settle }: { thread: Thread; settle: (task: Waiting) => void }) => {
    clearTimeout(thread.timer);
    const done = thread.current;
    thread.current = null;
    if (done !== null) settle(done);
    next();
  };
  const breakOff = ({ thread, error }: { thread: Thread; error: Error }) => {
    onError(error);
    void end(thread);
    finish({ thread, settle: ({ reject }) => reject(error) });
  };
  const start = (): Thread => {
    const worker = new Worker(findThreadMain(), {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: maxYoungHeapMb },
      workerData: { niceness } satisfies ThreadData,
    });
    const thread: Thread = { worker, current: null, timer: undefined };
    worker.on("message", (reply: ThreadReply) =>
      finish({
        thread,
        settle: ({ resolve, reject }) => ("error" in reply ? reject(new Error(reply.error)) : resolve(reply.value)),
      }),
    );
    worker.on("error", (error: Error) => breakOff({ thread, error }));
    worker.unref();
    threads.add(thread);
    return thread;
  };
  const begin = ({ thread, task }: { thread: Thread; task: Waiting }) => {
    const { task: name, input, timeoutMs } = task.call;
    clearTimeout(thread.timer);
    thread.current = task;
    thread.timer = setTimeout(
      () => breakOff({ thread, error: new ThreadTimeoutError({ task: name, timeoutMs }) }),
      timeoutMs,
    );
    thread.worker.postMessage({ name, input });
  };
  const rest = (thread: Thread) => {
    clearTimeout(thread.timer);
    thread.timer = setTimeout(() => void end(thread), idleMs);
    thread.timer.unref();
  };
  const next = () => {
    if (isClosed) return;
    for (const thread of [...threads].filter(({ current }) => current === null)) {
      const task = waiting.now.shift() ?? waiting.background.shift();
      if (task === undefined) rest(thread);
      else begin({ thread, task });
    }
    while (threads.size < size) {
      const task = waiting.now.shift() ?? waiting.background.shift();
      if (task === undefined) return;
      begin({ thread: start(), task });
    }
  };
  const giveUp = (task: Waiting) => {
    const queue = waiting[task.call.urgency ?? "now"];
    const position = queue.indexOf(task);
    if (position !== -1) {
      queue.splice(position, 1);
      task.reject(task.call.signal?.reason);
      return;
    }
    const thread = [...threads].find(({ current }) => current === task);
    if (thread === undefined) return;
    void end(thread);
    finish({ thread, settle: ({ reject }) => reject(task.call.signal?.reason) });
  };

  return {
    async run(call) {
      call.signal?.throwIfAborted();
      if (isClosed) throw closed();
      const queue = waiting[call.urgency ?? "now"];
      if (queue.length >= maxWaiting) throw new ThreadsBusyError();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const task: Waiting = { call, resolve, reject };
      const onAbort = () => giveUp(task);
      call.signal?.addEventListener("abort", onAbort, { once: true });
      queue.push(task);
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
      left.push(...waiting.now.splice(0), ...waiting.background.splice(0));
      await Promise.all([...threads].map(end));
      for (const { reject } of left) reject(closed());
    },
  };
}

function closed(): Error {
  return new Error("No more tasks are run: the process ends.");
}
