import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { orderFiles } from "./order-files.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

const file = (path: string, changed: number, status: ReviewFile["status"] = "modified"): ReviewFile => ({
  path: path as FilePath,
  status,
  additions: changed,
  deletions: 0,
  isBinary: false,
});

const files = [
  file("README.md", 2),
  file("a.ts", 10),
  file("b.ts", 40),
  file("kept.ts", 0, "kept"),
  file("package-lock.json", 900),
  file("src/b.test.ts", 70),
  file("tests/test_a.py", 90),
  file("z.ts", 1),
];

test("files that need attention come first", () => {
  expect(
    orderFiles({ files, order: "importance", findings: new Map([["z.ts" as FilePath, 1]]) }).map(({ path }) => path),
  ).toEqual(["z.ts", "b.ts", "a.ts", "README.md", "tests/test_a.py", "src/b.test.ts", "package-lock.json", "kept.ts"]);
});
