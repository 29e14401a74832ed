import { createTwoFilesPatch } from "diff";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findHunkAt, findLastChange, parseHunks } from "../../diff-surface/hunks/parse-hunks.ts";
import { revertHunks } from "./revert-hunks.ts";

const numbers = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`);
const before = numbers.join("");
const after = before.replace("line 3\n", "three\n").replace("line 15\n", "").replace("line 28\n", "line 28\nnew\n");
const hunks = parseHunks(createTwoFilesPatch("a", "a", before, after));

describe("revertHunks", () => {
  test.each<[string, number[], string]>([
    ["none", [], after],
    ["the first", [0], after.replace("three\n", "line 3\n")],
    ["the one that deletes", [1], after.replace("line 14\n", "line 14\nline 15\n")],
    ["the one that adds", [2], after.replace("new\n", "")],
    ["all", [0, 1, 2], before],
  ])("%s", (_, chosen, expected) => {
    expect(revertHunks({ text: after, hunks, chosen: new Set(chosen) })).toBe(expected);
  });

  test("all hunks give the old text and none the new one, for any texts and endings", () => {
    const text = fc
      .array(fc.constantFrom("a\n", "b\n", "c\r\n", "\n", "d\n", "e"), { maxLength: 40 })
      .map((lines) => lines.join(""));
    fc.assert(
      fc.property(text, text, (from, to) => {
        const parsed = parseHunks(createTwoFilesPatch("a", "a", from, to));
        expect(revertHunks({ text: to, hunks: parsed, chosen: new Set(parsed.keys()) })).toBe(from);
        expect(revertHunks({ text: to, hunks: parsed, chosen: new Set() })).toBe(to);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a hunk is found by a line of either side, and ends at its last change", () => {
  expect([3, 14, 29].map((line) => findHunkAt({ hunks, side: "additions", line }))).toEqual([0, 1, 2]);
  expect(findHunkAt({ hunks, side: "deletions", line: 15 })).toBe(1);
  expect(findHunkAt({ hunks, side: "additions", line: 8 })).toBe(-1);
  expect(hunks.map(findLastChange)).toEqual([
    { side: "additions", line: 3 },
    { side: "deletions", line: 15 },
    { side: "additions", line: 28 },
  ]);
});
