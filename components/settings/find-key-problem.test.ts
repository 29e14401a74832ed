import { expect, test } from "vitest";
import { findKeyProblem } from "./find-key-problem.ts";

const keys = ["j", "k", "n"];
const map = new Map([["k", "d"]]);

test.each([
  ["n", "m", null],
  ["n", "n", null],
  ["n", "k", null],
  ["n", "j", "j already does something. Change that one first."],
  ["n", "d", "d already does something, in place of k. Change that one first."],
  ["n", "?", "? keeps its meaning. Choose another key."],
  ["n", "", "Type one character."],
  ["n", " ", "Type one character."],
  ["n", "ab", "Type one character."],
  ["n", "\u00fc", null],
])("%s as %j: %s", (key, to, expected) => {
  expect(findKeyProblem({ key, to, map, keys })).toBe(expected);
});
