import type { CheckCase, CheckComparison } from "#lib/contracts/versions/check.ts";
import type { CaseResult } from "./cases/case-result.ts";

/** One result of a check on one tree. A check that could not run has no evidence. */
type Evidence = {
  hasPassed: boolean;
  /** At least the failed ones. */
  cases: readonly CaseResult[];
  /** The number of all cases. Set only if the tool names passed cases and all of them were kept. */
  caseNames?: readonly string[] | null;
};

/** The combined results of a check on one tree. */
export type Verdict = {
  hasPassed: boolean;
  failing: CheckCase[];
  /** Failed in one result and not in another, on the same files. */
  flaky: CheckCase[];
  /** Null if a case that is not named may have passed. */
  caseNames: ReadonlySet<string> | null;
};

/**
 * A case fails on a tree if it failed in every result. If no cases are known, one passed result is enough, because the
 * files are the same.
 */
export function judgeTree(results: readonly Evidence[]): Verdict | null {
  if (results.length === 0) return null;
  const failures = results.map((result) => new Map(listFailed(result).map((one) => [keyOf(one), one])));
  const all = new Map(failures.flatMap((failed) => [...failed]));
  const hasPassedOnce = results.some(({ hasPassed }) => hasPassed);
  const isAlways = (key: string) => !hasPassedOnce && failures.every((failed) => failed.has(key));
  const failing = [...all].filter(([key]) => isAlways(key)).map(([, one]) => one);
  const flaky = [...all].filter(([key]) => !isAlways(key)).map(([, one]) => one);
  // A failed result without cases, such as one that timed out, tells nothing about single cases.
  const hasUnnamed = results.some((result, index) => !result.hasPassed && failures[index]?.size === 0);
  const caseNames = results.findLast((result) => (result.caseNames ?? null) !== null)?.caseNames ?? null;
  return {
    hasPassed: hasPassedOnce || (failing.length === 0 && flaky.length > 0 && !hasUnnamed),
    failing,
    flaky,
    caseNames: caseNames === null ? null : new Set(caseNames),
  };
}

export type CaseComparison = {
  againstParent: CheckComparison;
  newFailures: CheckCase[];
  stillFailing: CheckCase[];
  fixed: CheckCase[];
  /** Failed in the parent and did not run: nothing shows that they were fixed. */
  gone: CheckCase[];
};

/** Compares a check of a version with its parent's. `parent` is null if there is no parent or it has no result. */
export function compareWithParent({
  verdict,
  parent,
}: {
  verdict: Verdict | null;
  parent: Verdict | null;
}): CaseComparison {
  const none = { newFailures: [], stillFailing: [], fixed: [], gone: [] };
  if (verdict === null) return { againstParent: "unknown", ...none };
  if (parent === null)
    return { againstParent: verdict.hasPassed ? "passing" : "unknown", ...none, stillFailing: verdict.failing };
  const before = new Set(parent.failing.map(keyOf));
  const after = new Set([...verdict.failing, ...verdict.flaky].map(keyOf));
  const wasFlaky = new Set(parent.flaky.map(keyOf));
  // A parent that failed without naming cases may have failed at any of them.
  const isUnnamed = !parent.hasPassed && before.size === 0;
  const isOld = (one: CheckCase) => isUnnamed || before.has(keyOf(one)) || wasFlaky.has(keyOf(one));
  const newFailures = verdict.failing.filter((one) => !isOld(one));
  const stillFailing = verdict.failing.filter(isOld);
  const absent = parent.failing.filter((one) => !after.has(keyOf(one)));
  const gone = absent.filter(({ name }) => verdict.caseNames?.has(name) === false);
  const fixed = absent.filter((one) => !gone.includes(one));
  const againstParent = judge({ verdict, parent, newFailures, isOnlyGone: gone.length > 0 && fixed.length === 0 });
  return { againstParent, newFailures, stillFailing, fixed, gone };
}

function judge({
  verdict,
  parent,
  newFailures,
  isOnlyGone,
}: {
  verdict: Verdict;
  parent: Verdict;
  newFailures: readonly CheckCase[];
  isOnlyGone: boolean;
}): CheckComparison {
  if (verdict.hasPassed) return parent.hasPassed || isOnlyGone ? "passing" : "fixed";
  if (newFailures.length > 0) return "newly-failing";
  // A case that was flaky before may have failed in the parent as well.
  if (parent.hasPassed) return verdict.failing.length > 0 ? "still-failing" : "newly-failing";
  return "still-failing";
}

function listFailed({ cases }: Evidence): CheckCase[] {
  return cases
    .filter(({ status }) => status === "failed")
    .map(({ name, path, line, message }) => ({
      name,
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { line }),
      message,
    }));
}

function keyOf({ path, name }: CheckCase): string {
  return `${path ?? ""}\n${name}`;
}
