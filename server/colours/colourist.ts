import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { LineColours } from "#lib/contracts/line-colours.ts";

/** 20,000 lines take about 0.2 s. What takes this long is given up, so that it does not hold up the others. */
const patienceMs = 5_000;
/** Nobody reads code then, and starting it again takes 0.2 s. */
const idleMs = 10 * 60_000;

export type ColourRequest = { path: string; text: string };

export type Colourist = {
  /**
   * The colours of a text; null where none can be had, then or later. Requests are answered in their order, in a thread
   * of their own.
   *
   * @throws Error where the thread broke off or was closed: it may do another time
   */
  colour(request: ColourRequest): Promise<LineColours | null>;
  close(): Promise<void>;
};

type Task = { request: ColourRequest; resolve: (colours: LineColours | null) => void; reject: (error: Error) => void };

/**
 * A thread that starts with the first request and ends when there was none for a while. `onError` hears why one broke
 * off.
 */
export function createColourist({ onError }: { onError: (error: Error) => void }): Colourist {
  const queue: Task[] = [];
  let worker: Worker | null = null;
  let current: Task | null = null;
  let timer: NodeJS.Timeout | undefined;

  const wait = (ms: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
    timer.unref();
  };
  const stop = async () => {
    clearTimeout(timer);
    const stopped = worker;
    worker = null;
    stopped?.removeAllListeners();
    await stopped?.terminate();
  };
  const finish = (settle: (task: Task) => void) => {
    const done = current;
    current = null;
    if (done !== null) settle(done);
    next();
  };
  const breakOff = ({ error, settle }: { error: Error; settle: (task: Task) => void }) => {
    onError(error);
    void stop();
    finish(settle);
  };
  const start = () => {
    // Not by this module's own address: the server's code is bundled, and the thread's is not.
    const started = new Worker(join(process.cwd(), "server", "colours", "colour-thread.ts"));
    started.on("message", (colours: LineColours | null) => finish(({ resolve }) => resolve(colours)));
    started.on("error", (error: Error) => breakOff({ error, settle: ({ reject }) => reject(error) }));
    started.unref();
    return started;
  };
  const next = () => {
    if (current !== null) return;
    current = queue.shift() ?? null;
    if (current === null) return wait(idleMs, () => void stop());
    worker ??= start();
    worker.postMessage(current.request);
    const { path } = current.request;
    wait(patienceMs, () =>
      breakOff({
        error: new Error(`The colours of ${path} took longer than ${patienceMs / 1_000} s.`),
        settle: ({ resolve }) => resolve(null),
      }),
    );
  };
  return {
    colour: (request) =>
      new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        next();
      }),
    async close() {
      await stop();
      for (const { reject } of [...(current === null ? [] : [current]), ...queue.splice(0)])
        reject(new Error("Colours are no longer found: the process ends."));
      current = null;
    },
  };
}
