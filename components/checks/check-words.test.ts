import { expect, test } from "vitest";
import type { CheckId, GenerationCheck } from "#lib/contracts/versions/check.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { describeCheck, describeMark, summarizeChecks } from "./check-words.ts";

const check = (changes: Partial<GenerationCheck>): GenerationCheck => ({
  checkId: "a" as CheckId,
  name: "tests",
  command: "npm test",
  status: "passed",
  againstParent: "passing",
  newFailures: [],
  stillFailing: [],
  fixed: [],
  gone: [],
  flaky: [],
  ...changes,
});

test("says how many of how many failed, which are flaky and how long it took", () => {
  expect(
    describeCheck(check({ cases: { passed: 29, failed: 1, skipped: 2 }, status: "failed", durationMs: 2_400 })),
  ).toBe("1 of 30 failed, 2 skipped, 2.4 s");
  expect(
    describeCheck(check({ cases: { passed: 30, failed: 0, skipped: 0 }, flaky: [{ name: "a", message: "" }] })),
  ).toBe("30 passed, 1 flaky");
  expect(describeCheck(check({ status: "failed", exitCode: 2 }))).toBe("exit code 2");
  expect(describeCheck(check({ status: "running", stage: "installing packages" }))).toBe("installing packages");
});

test("one sentence summarises all", () => {
  const failed = check({ status: "failed", againstParent: "newly-failing" });
  expect(summarizeChecks([check({}), check({ againstParent: "fixed" })])).toBe("All passed, 1 fixed");
  expect(summarizeChecks([check({}), failed, check({ status: "could-not-run" })])).toBe(
    "1 failed, 1 new, 1 passed, 1 without a result",
  );
  expect(summarizeChecks([check({ status: "running" }), check({ status: "queued" }), failed])).toBe("2 of 3 to go");
});

test("a row says whether its version passes, and names a single failing check", () => {
  const mark = { generationId: "a" as GenerationId, failedNames: [], newlyFailing: 0, fixed: 0, summary: null };
  expect(describeMark({ ...mark, status: "green" })?.word).toBe("green");
  expect(describeMark({ ...mark, status: "green", fixed: 1 })?.word).toBe("green, fixed");
  expect(describeMark({ ...mark, status: "red", failedNames: ["tests"], newlyFailing: 1 })?.word).toBe(
    "tests newly failing",
  );
  expect(describeMark({ ...mark, status: "red", failedNames: ["tests", "lint"] })?.word).toBe("2 checks failing");
  expect(describeMark({ ...mark, status: "running" })?.word).toBe("checking");
  expect(describeMark({ ...mark, status: "unknown" })).toBeNull();
});
