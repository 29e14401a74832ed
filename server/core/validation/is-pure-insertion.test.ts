import { expect, test } from "vitest";
import { isPureInsertion } from "./is-pure-insertion.ts";

test.each([
  ["a\nb\n", "a\nb\n", true],
  ["a\nb\n", "x\na\ny\nb\nz\n", true],
  ["", "a\n", true],
  ["a\nb\n", "b\na\n", false],
  ["a\nb\n", "a\n", false],
  ["a\nb", "a\nbc", false],
  ["a\nb\n", "a\nb", false],
])("%j to %j", (before, after, expected) => {
  expect(isPureInsertion({ before, after })).toBe(expected);
});
