import { expect, test } from "vitest";
import type { MergeConflictOutput } from "#lib/contracts/generation.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { countOpen, decideHunk, listDecided, writeHunk, type FileDecision } from "./merge-decisions.ts";

const path = "a.txt" as FilePath;
const whole = "gone.txt" as FilePath;
const conflict: MergeConflictOutput = {
  path,
  reason: "both-changed",
  oursMode: "100644",
  theirsMode: "100644",
  patch: "",
  parts: [
    { type: "conflict", ours: "a\n", theirs: "b\n", base: null },
    { type: "settled", text: "c\n" },
    { type: "conflict", ours: "d\n", theirs: "e\n", base: null },
  ],
};
const conflicts: MergeConflictOutput[] = [
  conflict,
  { path: whole, reason: "changed-and-deleted", oursMode: "100644", theirsMode: null, patch: "", parts: null },
];

test("nothing is decided on at first, and every place counts", () => {
  expect(countOpen({ conflicts, decisions: new Map() })).toBe(3);
  expect(listDecided(new Map())).toEqual([]);
});

test("a file goes to the server once all of its places are decided on", () => {
  const one = decideHunk({ conflict, decision: undefined, index: 1, hunk: { take: "theirs" } });
  expect(one).toEqual({ hunks: [null, { take: "theirs" }] });
  expect(countOpen({ conflicts, decisions: new Map([[path, one]]) })).toBe(2);
  expect(listDecided(new Map([[path, one]]))).toEqual([]);
  const both = decideHunk({ conflict, decision: one, index: 0, hunk: { text: "x\n" } });
  const decisions = new Map<FilePath, FileDecision>([
    [path, both],
    [whole, { take: "ours" }],
  ]);
  expect(countOpen({ conflicts, decisions })).toBe(0);
  expect(listDecided(decisions)).toEqual([
    { path, hunks: [{ text: "x\n" }, { take: "theirs" }] },
    { path: whole, take: "ours" },
  ]);
});

test("to decide on a place takes back a decision on the whole file", () => {
  expect(decideHunk({ conflict, decision: { take: "ours" }, index: 0, hunk: { take: "theirs" } })).toEqual({
    hunks: [{ take: "theirs" }, null],
  });
});

test.each([
  [{ text: "x\ny", ours: "a\n", theirs: "b\n" }, "x\ny\n"],
  [{ text: "x\ny", ours: "a\r\n", theirs: "b\r\n" }, "x\r\ny\r\n"],
  [{ text: "x", ours: "a", theirs: "b" }, "x"],
  [{ text: "", ours: "a\n", theirs: "b\n" }, ""],
])("%j is written as %j", (sides, text) => {
  expect(writeHunk(sides)).toEqual({ text });
});
