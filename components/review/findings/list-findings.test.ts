import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { listFindings, stepFinding, type Finding } from "./list-findings.ts";

const [a, b, gone] = ["a.ts", "b.ts", "gone.ts"] as [FilePath, FilePath, FilePath];
const paths = [a, b];
const issue = (path: FilePath, line?: number): ValidationIssue => ({
  validator: "syntax",
  severity: "error",
  path,
  message: `${path} ${line}`,
  ...(line === undefined ? {} : { line }),
});
const findings = listFindings({ issues: [issue(gone, 2), issue(b, 9), issue(b, 3), issue(a), issue(b, 3)], paths });
const messages = (list: readonly (Finding | null)[]) => list.map((finding) => finding?.issue.message ?? null);

test("findings are sorted by file and line, those of other files last", () => {
  expect(messages(findings)).toEqual(["a.ts undefined", "b.ts 3", "b.ts 3", "b.ts 9", "gone.ts 2"]);
});

describe("stepFinding", () => {
  const step = (by: 1 | -1, from: { path: FilePath; line: number } | null, last: Finding | null = null) =>
    stepFinding({ findings, last, from, paths, by });

  test("visits all of them, also two at one line, and ends", () => {
    const walked: (Finding | null)[] = [];
    for (let last = step(1, null); last !== null; last = step(1, last, last)) walked.push(last);
    expect(walked).toEqual(findings);
    expect(step(-1, findings[0] ?? null, findings[0] ?? null)).toBeNull();
  });

  test("continues from where the user went", () => {
    expect(messages([step(1, { path: b, line: 5 }, findings[0] ?? null), step(-1, { path: b, line: 5 })])).toEqual([
      "b.ts 9",
      "b.ts 3",
    ]);
  });

  test("at a file, the file's own findings come first", () => {
    expect(messages([step(1, { path: a, line: 0 })])).toEqual(["a.ts undefined"]);
  });

  test("a finding at the line of the last target counts as new once that target is gone", () => {
    const decided: Finding = { key: "conflict", path: b, line: 9, hunk: 0, issue: issue(b, 9) };
    expect(messages([step(1, { path: b, line: 9 }, decided), step(1, { path: b, line: 9 })])).toEqual([
      "b.ts 9",
      "gone.ts 2",
    ]);
  });

  test("does nothing without findings", () => {
    expect(stepFinding({ findings: [], last: null, from: null, paths, by: 1 })).toBeNull();
  });
});
