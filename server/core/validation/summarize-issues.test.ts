import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { IssueSeverity, ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { summarizeIssues } from "./summarize-issues.ts";

function issues(...severities: IssueSeverity[]): ValidationIssue[] {
  return severities.map((severity, index) => ({
    validator: "any",
    severity,
    path: "a.ts" as FilePath,
    message: `${severity}.`,
    ...(index === 0 ? { line: 3 } : {}),
  }));
}

test.each<[IssueSeverity[], string, string, string[]]>([
  [[], "passed", "passed", []],
  [["warning", "warning", "warning"], "warnings", "warnings", []],
  [["weak"], "warnings", "warnings", []],
  [["warning", "weak"], "warnings", "warnings", []],
  [["weak", "warning", "weak"], "hold", "failed", ["a.ts:3: weak.", "a.ts: weak."]],
  [["strong"], "hold", "failed", ["a.ts:3: strong."]],
  [["strong", "weak"], "hold", "failed", ["a.ts:3: strong.", "a.ts: weak."]],
  [["error", "strong", "weak", "weak"], "repair", "failed", ["a.ts:3: error."]],
])("%j lead to %s", (severities, outcome, status, reasons) => {
  expect(summarizeIssues(issues(...severities))).toEqual({
    outcome,
    summary: { status, issueCount: severities.length },
    reasons,
  });
});
