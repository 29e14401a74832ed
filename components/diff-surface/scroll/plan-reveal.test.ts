import { expect, test } from "vitest";
import { parseHunks } from "../hunks/parse-hunks.ts";
import { planReveal } from "./plan-reveal.ts";

// Lines 10 to 12 and 50 to 51 of the new side, 10 to 11 and 49 to 50 of the old one.
const hunks = parseHunks("@@ -10,2 +10,3 @@\n a\n+b\n c\n@@ -49,2 +50,2 @@\n-d\n+e\n f\n");

test.each<["additions" | "deletions", number, ReturnType<typeof planReveal>]>([
  ["additions", 10, null],
  ["additions", 51, null],
  ["deletions", 50, null],
  ["additions", 13, { gap: 1, at: "start", count: 4 }],
  ["additions", 15, { gap: 1, at: "start", count: 6 }],
  ["additions", 48, { gap: 1, at: "end", count: 5 }],
  ["deletions", 48, { gap: 1, at: "end", count: 4 }],
  ["additions", 9, { gap: 0, at: "end", count: 4 }],
  ["additions", 1, { gap: 0, at: "start", count: 4 }],
  ["additions", 60, { gap: 2, at: "start", count: 12 }],
  ["additions", 0, null],
])("%s line %i: %j", (side, line, expected) => {
  expect(planReveal({ hunks, side, line })).toEqual(expected);
});

test("a hunk that deletes all lines of a side shows none of it", () => {
  const deleting = parseHunks("@@ -5,2 +4,0 @@\n-x\n-y\n");
  expect(planReveal({ hunks: deleting, side: "additions", line: 4 })).toEqual({ gap: 0, at: "end", count: 4 });
  expect(planReveal({ hunks: deleting, side: "additions", line: 5 })).toEqual({ gap: 1, at: "start", count: 4 });
});
