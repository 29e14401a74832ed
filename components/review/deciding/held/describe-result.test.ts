import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeResult } from "./describe-result.ts";

const counts = { taken: 18, old: 16, again: 0, mixed: 0, open: 0 };
const problem = {
  validator: "unresolved-imports",
  severity: "warning" as const,
  path: "main.py" as FilePath,
  message: "It imports notes, which is not there.",
};

test("says how much is taken, and the result of its check", () => {
  expect(describeResult({ counts, problems: [], isChecking: false })).toBe(
    "Result: 18 of 34 changes taken, checked: it fits together",
  );
  expect(describeResult({ counts, problems: [problem, problem], isChecking: false })).toBe(
    "Result: 18 of 34 changes taken, checked: 2 problems (main.py: It imports notes, which is not there.)",
  );
  expect(
    describeResult({
      counts: { taken: 0, old: 0, again: 1, mixed: 1, open: 1 },
      problems: [problem],
      isChecking: true,
    }),
  ).toBe("Result: 0 of 3 changes taken, 1 by lines, 1 asked for again, 1 open, checking…");
});
