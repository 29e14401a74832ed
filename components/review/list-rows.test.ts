import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { buildListRows } from "./list-rows.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

const file = (path: string, additions: number): ReviewFile => ({
  path: path as FilePath,
  status: "modified",
  additions,
  deletions: 1,
  isBinary: false,
});
const files = [file("README.md", 1), file("src/a.ts", 2), file("src/b.ts", 3), file("src/deep/er/c.ts", 4)];
const describeRows = (change: Partial<Parameters<typeof buildListRows>[0]>) =>
  buildListRows({ files, isGrouped: true, folded: new Set(), ...change }).map((row) =>
    row.type === "file"
      ? row.name
      : `${row.folder}/ ${row.fileCount} +${row.additions} -${row.deletions}${row.isFolded ? " folded" : ""}`,
  );

test("files are below their folder, which has their sum", () => {
  expect(describeRows({})).toEqual(["README.md", "src/ 2 +5 -2", "a.ts", "b.ts", "src/deep/er/ 1 +4 -1", "c.ts"]);
});

test("a collapsed folder hides only its own files", () => {
  expect(describeRows({ folded: new Set(["src"]) })).toEqual([
    "README.md",
    "src/ 2 +5 -2 folded",
    "src/deep/er/ 1 +4 -1",
    "c.ts",
  ]);
});

test("without groups, each file has its whole path", () => {
  expect(describeRows({ isGrouped: false })).toEqual(["README.md", "src/a.ts", "src/b.ts", "src/deep/er/c.ts"]);
});
