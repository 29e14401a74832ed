import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeMergeResult } from "./describe-merge-result.ts";

const problem = {
  validator: "unresolved-imports",
  severity: "warning" as const,
  path: "main.py" as FilePath,
  message: "It imports notes, which is not there.",
};

test("tells the number of decided and open conflicts, and the problems found so far", () => {
  const of = { total: 3, problems: [], isChecking: false };
  expect(describeMergeResult({ ...of, openCount: 0 })).toBe(
    "Result: 3 of 3 conflicts decided, checked: it fits together",
  );
  expect(describeMergeResult({ ...of, openCount: 1, problems: [problem] })).toBe(
    "Result: 2 of 3 conflicts decided, 1 open, checked so far: 1 problem (main.py: It imports notes, which is not there.)",
  );
  expect(describeMergeResult({ ...of, openCount: 3, isChecking: true })).toBe(
    "Result: 0 of 3 conflicts decided, 3 open, checking…",
  );
});
