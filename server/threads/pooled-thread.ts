import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { PendingCall } from "./thread-call.ts";
import type { ThreadData, ThreadReply } from "./thread-main.ts";

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

/**
 * Comparing texts of the largest size takes about 200 MB. Above this limit the thread ends, and the process continues.
 */
const maxHeapMb = 512;

/** The space for short-lived objects. Node's default is three times as much in every thread. */
const maxYoungHeapMb = 16;

/** A thread that works on one call at a time. It does not keep the process running. */
export class PooledThread {
  #current: PendingCall | null = null;
  readonly #worker: Worker;
  /** Of the current call, or of the idle time after it. */
  #timer: NodeJS.Timeout | undefined;

  constructor({
    niceness,
    onReply,
    onCrash,
  }: {
    niceness: number;
    onReply: (reply: ThreadReply) => void;
    onCrash: (error: Error) => void;
  }) {
    this.#worker = new Worker(findThreadMain(), {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: maxYoungHeapMb },
      workerData: { niceness } satisfies ThreadData,
    });
    this.#worker.on("message", onReply);
    this.#worker.on("error", onCrash);
    this.#worker.unref();
  }

  get current(): PendingCall | null {
    return this.#current;
  }

  begin({ pending, onTimeout }: { pending: PendingCall; onTimeout: () => void }): void {
    const { task: name, input, timeoutMs } = pending.call;
    clearTimeout(this.#timer);
    this.#current = pending;
    this.#timer = setTimeout(onTimeout, timeoutMs);
    this.#worker.postMessage({ name, input });
  }

  /** Returns the call that it worked on, if any, which is for the pool to settle. */
  release(): PendingCall | null {
    clearTimeout(this.#timer);
    const done = this.#current;
    this.#current = null;
    return done;
  }

  rest(onIdleEnd: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(onIdleEnd, idleMs);
    this.#timer.unref();
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#worker.removeAllListeners();
    await this.#worker.terminate();
  }
}
