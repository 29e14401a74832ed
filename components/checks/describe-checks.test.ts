import { expect, test } from "vitest";
import type { ChecksSummary } from "#lib/contracts/versions/check.ts";
import { describeChecks, rankChecks } from "./describe-checks.ts";

const toSummary = (counts: Partial<ChecksSummary>): ChecksSummary => ({
  passed: 0,
  failed: 0,
  newlyFailing: 0,
  running: 0,
  started: 2,
  total: 2,
  ...counts,
});

const fromBestToWorst: [ChecksSummary, string][] = [
  [toSummary({ passed: 2 }), "all passed"],
  [toSummary({ passed: 1 }), "1 of 2 passed"],
  [toSummary({}), "0 of 2 passed"],
  [toSummary({ passed: 1, running: 1 }), "running"],
  [toSummary({ running: 2 }), "running"],
  [toSummary({ passed: 1, failed: 1 }), "1 failed"],
  [toSummary({ failed: 2 }), "2 failed"],
  [toSummary({ running: 1, failed: 1, newlyFailing: 1 }), "1 newly failing"],
  [toSummary({ failed: 2, newlyFailing: 2 }), "2 newly failing"],
];

test("checks are described in a word, new failures before old ones", () => {
  expect([null, toSummary({ started: 0 })].map(describeChecks)).toEqual([null, null]);
  expect(fromBestToWorst.map(([summary]) => describeChecks(summary)?.text)).toEqual(
    fromBestToWorst.map(([, text]) => text),
  );
});

test("checks are ranked from the best to the worst", () => {
  expect([null, toSummary({ started: 0 })].map(rankChecks)).toEqual([null, null]);
  const ranks = fromBestToWorst.map(([summary]) => rankChecks(summary) ?? NaN);
  expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
});
