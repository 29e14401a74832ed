import { expect, test } from "vitest";
import { LatestCheck } from "./latest-check.ts";

/** A server that responds when the test says so. */
function begin() {
  const asked: { input: string; answer: (output: string) => void; fail: (error: Error) => void }[] = [];
  const check = new LatestCheck<string, string>(
    (input) => new Promise((answer, fail) => asked.push({ input, answer, fail })),
  );
  const inputs = () => asked.map(({ input }) => input);
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { check, asked, inputs, settle };
}

test("only one request is in flight, and the last requested one is next", async () => {
  const { check, asked, inputs, settle } = begin();
  for (const input of ["a", "b", "c"]) check.ask(input);
  expect([inputs(), check.getState().isChecking]).toEqual([["a"], true]);
  asked[0]?.answer("A");
  await settle();
  expect([inputs(), check.getState()]).toEqual([["a", "c"], { result: null, isChecking: true, error: null }]);
  asked[1]?.answer("C");
  await settle();
  expect(check.getState()).toEqual({ result: "C", isChecking: false, error: null });
});

test("answered requests are not repeated", async () => {
  const { check, asked, inputs, settle } = begin();
  check.ask("a");
  asked[0]?.answer("A");
  await settle();
  check.ask("b");
  expect(check.getState()).toEqual({ result: "A", isChecking: true, error: null });
  check.ask("a");
  expect(check.getState()).toEqual({ result: "A", isChecking: false, error: null });
  asked[1]?.answer("B");
  await settle();
  expect(check.getState().result).toBe("A");
  check.ask("b");
  expect([inputs(), check.getState().result]).toEqual([["a", "b"], "B"]);
});

test("a failure is reported and can be retried, and is replaced by a later request", async () => {
  const { check, asked, inputs, settle } = begin();
  check.ask("a");
  asked[0]?.fail(new Error("away"));
  await settle();
  expect(check.getState()).toMatchObject({ isChecking: false, error: { message: "away" } });
  check.retry();
  check.ask("b");
  asked[1]?.fail(new Error("away"));
  await settle();
  expect([inputs(), check.getState().error]).toEqual([["a", "a", "b"], null]);
  asked[2]?.answer("B");
  await settle();
  expect(check.getState()).toEqual({ result: "B", isChecking: false, error: null });
});
