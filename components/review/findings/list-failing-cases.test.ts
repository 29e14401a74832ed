import { expect, test } from "vitest";
import type { GenerationCheck } from "#lib/contracts/versions/check.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { listFailingCases } from "./list-failing-cases.ts";

const file = (path: string, status: ReviewFile["status"] = "modified") => ({ path, status }) as ReviewFile;
const tests = {
  name: "tests",
  newFailures: [
    { name: "adds", path: "sum.test.ts", line: 7, message: "expected 3\nto be 2" },
    { name: "elsewhere", path: "other.test.ts", line: 1, message: "" },
    { name: "nowhere", message: "" },
  ],
  stillFailing: [{ name: "error TS1: no such name", path: "a.ts", line: 0, message: "no such name" }],
} as unknown as GenerationCheck;

test("a failing case is shown at its line if its file differs", () => {
  expect(listFailingCases({ items: [tests], files: [file("sum.test.ts"), file("a.ts", "added")] })).toEqual([
    {
      validator: "check tests",
      severity: "error",
      path: "sum.test.ts",
      line: 7,
      message: "Check “tests” newly fails: adds",
      excerpt: "expected 3\nto be 2",
    },
    {
      validator: "check tests",
      severity: "warning",
      path: "a.ts",
      message: "Check “tests” still fails: error TS1: no such name",
    },
  ]);
});

test("a deleted file has no line to show it at", () => {
  expect(listFailingCases({ items: [tests], files: [file("sum.test.ts", "deleted")] })).toEqual([]);
});
