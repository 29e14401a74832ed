import { expect, test } from "vitest";
import type { MergeConflictOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { Choices, FileChoice, LineDecision } from "../choices.ts";
import { listDecidedConflicts, listOpenPlaces, writePlace } from "./merge-choices.ts";

const [path, gone] = ["a.txt", "gone.txt"] as [FilePath, FilePath];
const modes = { oursMode: "100644", theirsMode: "100644" } as const;
const conflicts: MergeConflictOutput[] = [
  {
    path,
    reason: "both-changed",
    ...modes,
    patch: "",
    parts: [
      { type: "conflict", ours: "a\n", theirs: "b\n", base: null },
      { type: "merged", text: "c\n" },
      { type: "conflict", ours: "d\n", theirs: "e\n", base: null },
    ],
  },
  { path: gone, reason: "changed-and-deleted", ...modes, theirsMode: null, patch: "", parts: null },
];
const choose = (...choices: [FilePath, FileChoice][]): Choices => new Map(choices);
const whole = (decision: FileChoice["whole"]): FileChoice => ({ whole: decision, lines: new Map() });

test("initially every conflict is undecided", () => {
  expect(listOpenPlaces({ conflicts, choices: choose() })).toEqual([
    { path, index: 0 },
    { path, index: 1 },
    { path: gone, index: null },
  ]);
  expect(listDecidedConflicts({ conflicts, choices: choose() })).toEqual([]);
});

test("a file is sent to the server once all of its conflicts are decided", () => {
  const one = choose([path, { whole: null, lines: new Map([[1, "take" as const]]) }], [gone, whole("old")]);
  expect(listOpenPlaces({ conflicts, choices: one })).toEqual([{ path, index: 0 }]);
  expect(listDecidedConflicts({ conflicts, choices: one })).toEqual([{ path: gone, take: "ours" }]);
  const lines = new Map<number, LineDecision>([
    [0, { text: "x\n" }],
    [1, "old-take"],
  ]);
  const both = choose([path, { whole: null, lines }]);
  expect(listDecidedConflicts({ conflicts, choices: both })).toEqual([
    { path, hunks: [{ text: "x\n" }, { take: "ours-theirs" }] },
  ]);
});

test("a taken file is taken at each of its conflicts, and one without hunks as a whole", () => {
  const choices = choose([path, whole("take")], [gone, whole("take")]);
  expect(listOpenPlaces({ conflicts, choices })).toEqual([]);
  expect(listDecidedConflicts({ conflicts, choices })).toEqual([
    { path, hunks: [{ take: "theirs" }, { take: "theirs" }] },
    { path: gone, take: "theirs" },
  ]);
});

test.each([
  [{ text: "x\ny", ours: "a\n", theirs: "b\n" }, "x\ny\n"],
  [{ text: "x\ny", ours: "a\r\n", theirs: "b\r\n" }, "x\r\ny\r\n"],
  [{ text: "x", ours: "a", theirs: "b" }, "x"],
  [{ text: "", ours: "a\n", theirs: "b\n" }, ""],
])("%j is written as %j", (sides, text) => {
  expect(writePlace(sides)).toEqual({ text });
});
