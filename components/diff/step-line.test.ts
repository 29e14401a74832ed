import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseHunks } from "./parse-hunks.ts";
import { listChanges } from "./review-changes.ts";
import { growPlace, stepLine } from "./step-line.ts";

const patch = "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n@@ -10,2 +10,3 @@\n ten\n+more\n eleven\n";
const changes = listChanges([{ id: "a.py", type: "patch", patch, hunks: parseHunks(patch), cacheKey: "a", isCollapsed: false }]);
const path = "a.py" as FilePath;

test("walks all lines that are shown, deleted ones on their own side, across hunks, and stops at the edges", () => {
  const walked: string[] = [];
  let place = stepLine({ changes, place: { path, side: "additions", first: 99, last: 99 }, by: 1 });
  while (place !== null) {
    walked.push(`${place.side === "additions" ? "R" : "L"}${place.first}`);
    place = stepLine({ changes, place, by: 1 });
  }
  expect(walked).toEqual(["R1", "L2", "R2", "R3", "R10", "R11", "R12"]);
  expect(stepLine({ changes, place: { path, side: "additions", first: 10, last: 11 }, by: -1 })).toEqual({ path, side: "additions", first: 3, last: 3 });
  expect(stepLine({ changes, place: { path, side: "additions", first: 1, last: 1 }, by: -1 })).toBeNull();
  expect(stepLine({ changes, place: { path: "other.py" as FilePath, side: "additions", first: 1, last: 1 }, by: 1 })).toBeNull();
});

test("a range grows and shrinks at its end, and keeps a line", () => {
  const place = { path, side: "additions" as const, first: 2, last: 2 };
  expect(growPlace({ place, by: 1 })).toMatchObject({ first: 2, last: 3 });
  expect(growPlace({ place, by: -1 })).toMatchObject({ first: 2, last: 2 });
});
