import { expect, test } from "vitest";
import { readLimit } from "./read-limit.ts";

test.each([
  ["", null],
  ["  ", null],
  ["0.50", 0.5],
  [".5", 0.5],
  ["5.", 5],
  ["$ 12", 12],
  ["2,5", 2.5],
  ["1,000", undefined],
  ["0", undefined],
  ["-1", undefined],
  ["5 dollars", undefined],
  ["1e9", undefined],
  ["100001", undefined],
])("%j is %j", (text, limit) => {
  expect(readLimit(text)).toBe(limit);
});
