import { expect, it } from "vitest";
import { CallQueue } from "./call-queue.ts";
import type { PendingCall } from "./thread-call.ts";

function pend(urgency?: "background"): PendingCall {
  const call = { task: "countLineChanges", input: [], timeoutMs: 1 } as const;
  return {
    call: urgency === undefined ? call : { ...call, urgency },
    resolve: () => undefined,
    reject: () => undefined,
  };
}

it("gives calls in their order, those in the background last", () => {
  const [later, first, second] = [pend("background"), pend(), pend()];
  const queue = new CallQueue();
  for (const pending of [later, first, second]) queue.add(pending);
  expect(queue.countLike(first.call)).toBe(2);
  expect(queue.countLike(later.call)).toBe(1);
  expect([queue.takeNext(), queue.takeNext(), queue.takeNext(), queue.takeNext()]).toEqual([
    first,
    second,
    later,
    undefined,
  ]);
});

it("forgets a call that was given up, and says whether it still waited", () => {
  const [first, second] = [pend(), pend("background")];
  const queue = new CallQueue();
  queue.add(first);
  queue.add(second);
  expect(queue.remove(first)).toBe(true);
  expect(queue.remove(first)).toBe(false);
  expect(queue.takeAll()).toEqual([second]);
  expect(queue.takeNext()).toBeUndefined();
});
