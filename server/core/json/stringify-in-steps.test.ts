import { expect, test } from "vitest";
import { finishSteps } from "../steps.ts";
import { stringifyInSteps } from "./stringify-in-steps.ts";

test.each<[string, object]>([
  ["nothing", {}],
  ["an empty list", { entities: [] }],
  [
    "lists of objects, texts and nothing",
    { a: [{ b: [1, 2] }, 'c"\n\u2028\ud800', null, undefined], d: undefined, e: [[]] },
  ],
  ["what is no list", { text: "x", count: 1, inner: { list: [1] }, none: null, 'a "name"': true }],
  ["an absent member first", { absent: undefined, present: 1 }],
])("%s is serialised as by JSON.stringify", (_, value) => {
  expect(finishSteps(stringifyInSteps(value)).join("")).toBe(JSON.stringify(value));
});

test("a long list is divided into pieces, with a step for each element", () => {
  const value = { items: Array.from({ length: 1_000 }, (_, index) => ({ index, text: "x".repeat(1_000) })) };
  const steps = stringifyInSteps(value);
  let stepCount = 0;
  let pieces: string[] | null = null;
  while (pieces === null) {
    const step = steps.next();
    if (step.done === true) pieces = step.value;
    else stepCount += 1;
  }
  expect(stepCount).toBeGreaterThan(1_000);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
  expect(pieces.join("")).toBe(JSON.stringify(value));
});
