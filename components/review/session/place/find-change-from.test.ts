import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findChangeFrom } from "./find-change-from.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import { listChanges } from "../review-changes.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

const patch = (lines: number[]) =>
  `--- a\n+++ b\n${lines.map((line) => `@@ -${line - 1},2 +${line - 1},2 @@\n same\n-old\n+new\n`).join("")}`;
const changes = listChanges(
  [["a.ts", [10, 50, 90]] as const, ["c.ts", [5]] as const].map(([id, lines]) => ({
    id,
    type: "patch" as const,
    patch: patch([...lines]),
    hunks: parseHunks(patch([...lines])),
    cacheKey: id,
    isCollapsed: false,
  })),
);
const rank = new Map([
  ["a.ts", 0],
  ["b.ts", 1],
  ["c.ts", 2],
]);
const file = (path: string): ReviewFile => ({
  path: path as FilePath,
  status: "modified",
  additions: 1,
  deletions: 1,
  isBinary: false,
});
const find = ({ at, line, by }: { at: string | null; line?: number; by: 1 | -1 }) => {
  const change = findChangeFrom({
    changes,
    rank,
    current: at === null ? null : file(at),
    top: line === undefined ? null : { id: at ?? "", side: "additions", line },
    by,
  });
  return change === undefined ? null : `${change.path} ${change.first}`;
};

test("starts at the top line of the current file", () => {
  expect(find({ at: "a.ts", line: 1, by: 1 })).toBe("a.ts 10");
  expect(find({ at: "a.ts", line: 30, by: 1 })).toBe("a.ts 50");
  expect(find({ at: "a.ts", line: 30, by: -1 })).toBe("a.ts 10");
  expect(find({ at: "a.ts", line: 95, by: 1 })).toBe("c.ts 5");
});

test("starts at a file's beginning if its lines are not at the top, and skips files without a change", () => {
  expect(find({ at: "a.ts", by: 1 })).toBe("a.ts 10");
  expect(find({ at: "a.ts", by: -1 })).toBeNull();
  expect(find({ at: "b.ts", by: 1 })).toBe("c.ts 5");
  expect(find({ at: "b.ts", by: -1 })).toBe("a.ts 90");
});

test("without a current file starts at the ends", () => {
  expect([find({ at: null, by: 1 }), find({ at: null, by: -1 })]).toEqual(["a.ts 10", "c.ts 5"]);
});
