import { afterEach, expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { createThreadPool, ThreadTimeoutError, type ThreadPool } from "./thread-pool.ts";

let pool: ThreadPool;
const errors: Error[] = [];
const open = (size = 1) => {
  errors.length = 0;
  pool = createThreadPool({ size, onError: (error) => errors.push(error) });
  return pool;
};
afterEach(() => pool.close());

/** Two texts whose comparison takes about 0.5 s. */
const random = (seed: number) => Array.from({ length: 350_000 }, (_, index) => (index * 7_919 * seed) % 97).join("\n");
const slow = [{ before: random(1), after: random(3) }];
const quick = [{ before: "a\n", after: "b\n" }];

test("many requests are answered, each with its own result, and the process stays responsive", async () => {
  const { run } = open(2);
  let longestPauseMs = 0;
  let lastAt = performance.now();
  const watch = setInterval(() => {
    longestPauseMs = Math.max(longestPauseMs, performance.now() - lastAt - 5);
    lastAt = performance.now();
  }, 5);
  const answers = await Promise.all([
    run({ task: "countLineChanges", input: slow, timeoutMs: 60_000 }),
    ...[1, 2, 3].map((count) =>
      run({
        task: "countLineChanges",
        input: Array.from({ length: count }, () => ({ before: "a\n", after: "b\n" })),
        timeoutMs: 60_000,
      }),
    ),
  ]);
  clearInterval(watch);
  expect(answers.map(({ length }) => length)).toEqual([1, 1, 2, 3]);
  console.log(`longest pause of the process: ${Math.round(longestPauseMs)} ms`);
  expect(errors).toEqual([]);
});

test("a task that takes too long ends with its thread, and the next one runs", async () => {
  const { run } = open();
  const late = run({ task: "countLineChanges", input: slow, timeoutMs: 20 });
  const next = run({ task: "countLineChanges", input: quick, timeoutMs: 60_000 });
  await expect(late).rejects.toBeInstanceOf(ThreadTimeoutError);
  expect(await next).toEqual([{ additions: 1, deletions: 1 }]);
});

test("a task is abandoned whether it waits or runs", async () => {
  const { run } = open();
  const stop = new AbortController();
  const call = { task: "countLineChanges", timeoutMs: 60_000, signal: stop.signal } as const;
  const ends = Promise.allSettled([run({ ...call, input: slow }), run({ ...call, input: slow })]);
  const after = run({ task: "countLineChanges", input: quick, timeoutMs: 60_000 });
  stop.abort(new Error("cancelled"));
  expect((await ends).map((end) => (end.status === "rejected" ? String(end.reason) : end.status))).toEqual([
    "Error: cancelled",
    "Error: cancelled",
  ]);
  expect(await after).toEqual([{ additions: 1, deletions: 1 }]);
  await expect(run({ ...call, input: quick })).rejects.toThrow("cancelled");
});

test("urgent tasks precede those in the background", async () => {
  const { run } = open();
  const order: string[] = [];
  const note = (name: string) => (): void => void order.push(name);
  const call = { task: "countLineChanges", input: quick, timeoutMs: 60_000 } as const;
  await Promise.all([
    run(call).then(note("first")),
    run({ ...call, urgency: "background" }).then(note("background")),
    run(call).then(note("urgent")),
  ]);
  expect(order).toEqual(["first", "urgent", "background"]);
});

test("excess tasks are refused, and waiting ones fail when the pool is closed", async () => {
  const { run, close } = open();
  const call = { task: "countLineChanges", input: quick, timeoutMs: 60_000 } as const;
  const waiting = Promise.allSettled(Array.from({ length: 2_100 }, () => run(call)));
  await close();
  const ends = await waiting;
  const reasons = ends.map((end) => (end.status === "rejected" ? (end.reason as Error) : null));
  expect(reasons.filter((reason) => reason instanceof AppError && reason.code === "RATE_LIMITED")).toHaveLength(99);
  expect(reasons.filter((reason) => reason?.message.includes("process ends") === true)).toHaveLength(2_001);
});

test("an exception of a task is its caller's, and the thread stays", async () => {
  const { run } = open();
  await expect(run({ task: "countLineChanges", input: [null] as never, timeoutMs: 60_000 })).rejects.toThrow("null");
  expect(await run({ task: "countLineChanges", input: quick, timeoutMs: 60_000 })).toHaveLength(1);
});
