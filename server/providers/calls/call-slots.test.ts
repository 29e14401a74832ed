import { expect, test } from "vitest";
import { CallSlots } from "./call-slots.ts";

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Calls that end on command, and the names of those that began. */
function createBench(maxCalls: number) {
  const slots = new CallSlots({ maxCalls });
  const begun: string[] = [];
  const calls = new Map<string, PromiseWithResolvers<string>>();
  return {
    begun,
    start(name: string, signal = never) {
      return slots.run({
        signal,
        call() {
          begun.push(name);
          const call = Promise.withResolvers<string>();
          calls.set(name, call);
          return call.promise;
        },
      });
    },
    end: (name: string) => calls.get(name)?.resolve(name),
    fail: (name: string) => calls.get(name)?.reject(new Error(name)),
  };
}

test("runs a limited number of calls at once, and the others in order of arrival", async () => {
  const { start, end, begun } = createBench(2);
  const results = ["a", "b", "c", "d"].map((name) => start(name));
  await settle();
  expect(begun).toEqual(["a", "b"]);
  end("b");
  await settle();
  expect(begun).toEqual(["a", "b", "c"]);
  for (const name of ["a", "c"]) end(name);
  await settle();
  end("d");
  expect(await Promise.all(results)).toEqual(["a", "b", "c", "d"]);
});

test("runs take turns: a run's next call queues behind the waiting ones", async () => {
  const { start, end, begun } = createBench(1);
  const first = start("long 1").then(() => start("long 2"));
  const other = start("short 1");
  await settle();
  end("long 1");
  await settle();
  expect(begun).toEqual(["long 1", "short 1"]);
  end("short 1");
  await settle();
  end("long 2");
  expect(await Promise.all([first, other])).toEqual(["long 2", "short 1"]);
});

test("a failed call frees its slot for the next", async () => {
  const { start, end, fail } = createBench(1);
  const failed = start("a").catch((error: Error) => error.message);
  const next = start("b");
  await settle();
  fail("a");
  expect(await failed).toBe("a");
  await settle();
  end("b");
  expect(await next).toBe("b");
});

test("a cancelled call leaves the queue at once and takes no slot", async () => {
  const { start, end, begun } = createBench(1);
  const cancel = new AbortController();
  const first = start("a");
  const cancelled = start("b", cancel.signal).catch((error: Error) => error.message);
  const last = start("c");
  cancel.abort(new Error("cancelled"));
  expect(await cancelled).toBe("cancelled");
  end("a");
  await settle();
  expect(begun).toEqual(["a", "c"]);
  end("c");
  expect(await Promise.all([first, last])).toEqual(["a", "c"]);
  await expect(start("d", cancel.signal)).rejects.toThrow("cancelled");
});
