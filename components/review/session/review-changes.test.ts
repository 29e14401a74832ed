import { expect, test } from "vitest";
import { parseHunks } from "../../diff-surface/hunks/parse-hunks.ts";
import { formatLines, listChanges, parseLines } from "./review-changes.ts";

test.each<[string | null, ReturnType<typeof parseLines>]>([
  ["R12", { side: "additions", first: 12, last: 12 }],
  ["L3-7", { side: "deletions", first: 3, last: 7 }],
  ["R8-R12", { side: "additions", first: 8, last: 12 }],
  ["R0", null],
  ["R9-3", null],
  ["12", null],
  ["", null],
  [null, null],
])("%j names lines", (text, expected) => {
  expect(parseLines(text)).toEqual(expected);
});

test("an address is parsed back to its lines", () => {
  for (const lines of [
    { side: "additions" as const, first: 3, last: 3 },
    { side: "deletions" as const, first: 1, last: 20 },
  ])
    expect(parseLines(formatLines(lines))).toEqual(lines);
});

test("changes are listed for all files including folded ones, and texts have none", () => {
  const patch = "--- a\n+++ b\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n@@ -9 +9,0 @@\n-nine\n";
  const items = [
    { id: "a.ts", type: "patch" as const, patch, hunks: parseHunks(patch), cacheKey: "a", isCollapsed: true },
    { id: "b.ts", type: "text" as const, text: "x", cacheKey: "b", isCollapsed: false },
  ];
  expect(listChanges(items).map((change) => `${change.path} ${change.index} ${formatLines(change)}`)).toEqual([
    "a.ts 0 R2",
    "a.ts 1 L9",
  ]);
});

test("lines across sides keep both ends, and count as those of the side they end on", () => {
  const both = { side: "additions", first: 12, last: 12, from: { side: "deletions", line: 8 } };
  expect(parseLines("L8-R12")).toEqual(both);
  expect(parseLines("L12-R8")).toEqual({ side: "additions", first: 8, last: 8, from: { side: "deletions", line: 12 } });
  expect(
    ["L8-R12", "R3-L1"].map((text) => formatLines(parseLines(text) ?? { side: "additions", first: 0, last: 0 })),
  ).toEqual(["L8-R12", "R3-L1"]);
});
