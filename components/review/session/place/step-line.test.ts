import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import { listChanges, type Place } from "../review-changes.ts";
import { growPlace, stepLine } from "./step-line.ts";

const patch =
  "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n@@ -10,2 +10,3 @@\n ten\n+more\n eleven\n";
const other = "--- a/b.py\n+++ b/b.py\n@@ -5,2 +5,2 @@\n five\n-six\n+SIX\n";
const changes = listChanges([
  { id: "a.py", type: "patch", patch, hunks: parseHunks(patch), cacheKey: "a", isCollapsed: false },
  { id: "b.py", type: "patch", patch: other, hunks: parseHunks(other), cacheKey: "b", isCollapsed: false },
]);
const path = "a.py" as FilePath;
const isShown = () => false;
const at = (side: "L" | "R", first: number, last = first): Place => ({
  path,
  side: side === "L" ? "deletions" : "additions",
  first,
  last,
});
const name = ({ path: of, side, first }: Place) =>
  `${of === path ? "" : `${of} `}${side === "additions" ? "R" : "L"}${first}`;

function walk({ from, by }: { from: Place; by: 1 | -1 }): string[] {
  const walked: string[] = [];
  for (
    let place = stepLine({ changes, place: from, by, isShown });
    place !== null;
    place = stepLine({ changes, place, by, isShown })
  )
    walked.push(name(place));
  return walked;
}

test("walks all shown lines, deleted ones on their own side, across hunks and files, and stops at the edges", () => {
  expect(walk({ from: at("R", 1), by: 1 })).toEqual([
    "L2",
    "R2",
    "R3",
    "R10",
    "R11",
    "R12",
    "b.py R5",
    "b.py L6",
    "b.py R6",
  ]);
  expect(walk({ from: { ...at("R", 6), path: "b.py" as FilePath }, by: -1 })).toEqual([
    "b.py L6",
    "b.py R5",
    "R12",
    "R11",
    "R10",
    "R3",
    "R2",
    "L2",
    "R1",
  ]);
  expect(stepLine({ changes, place: { ...at("R", 1), path: "c.py" as FilePath }, by: 1, isShown })).toBeNull();
});

test("leaves a range at its end in that direction", () => {
  expect(stepLine({ changes, place: at("R", 10, 11), by: -1, isShown })).toEqual(at("R", 3));
  expect(stepLine({ changes, place: at("R", 10, 11), by: 1, isShown })).toEqual(at("R", 12));
});

test("an unchanged line on the old side is left on that side", () => {
  expect(stepLine({ changes, place: at("L", 3), by: 1, isShown })).toEqual(at("L", 10));
  expect(stepLine({ changes, place: at("L", 3), by: -1, isShown })).toEqual(at("R", 2));
});

test("from a line between the hunks it goes to the next unfolded one, or to the nearest hunk", () => {
  expect(stepLine({ changes, place: at("R", 6), by: 1, isShown })).toEqual(at("R", 10));
  expect(stepLine({ changes, place: at("R", 6), by: -1, isShown })).toEqual(at("R", 3));
  const isUnfolded = ({ line }: { line: number }) => line > 3 && line < 8;
  expect(stepLine({ changes, place: at("R", 6), by: 1, isShown: isUnfolded })).toEqual(at("R", 7));
  expect(stepLine({ changes, place: at("R", 3), by: 1, isShown: isUnfolded })).toEqual(at("R", 4));
  expect(stepLine({ changes, place: at("R", 10), by: -1, isShown: isUnfolded })).toEqual(at("R", 3));
});

test("a range grows and shrinks in both directions from its anchor, over existing lines", () => {
  const grow = (place: Place, by: 1 | -1) => growPlace({ changes, place, anchor: 2, by, isShown });
  expect(grow(at("R", 2), 1)).toEqual(at("R", 2, 3));
  expect(grow(at("R", 2, 3), 1)).toEqual(at("R", 2, 10));
  expect(grow(at("R", 2, 3), -1)).toEqual(at("R", 2));
  expect(grow(at("R", 2), -1)).toEqual(at("R", 1, 2));
  expect(grow(at("R", 1, 2), -1)).toEqual(at("R", 1, 2));
  expect(grow(at("R", 1, 2), 1)).toEqual(at("R", 2));
  expect(grow(at("R", 2, 12), 1)).toEqual(at("R", 2, 12));
});
