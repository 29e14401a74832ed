import type { ChecksSummary } from "#lib/contracts/versions/check.ts";

type ChecksWord = { text: string; tone: "positive" | "negative" | "neutral" };

/** How checks ended, in one word; null if none was started. New failures go before old ones, and failures before all. */
export function describeChecks(summary: ChecksSummary | null): ChecksWord | null {
  if (summary === null || summary.started === 0) return null;
  const { passed, failed, newlyFailing, running, total } = summary;
  if (newlyFailing > 0) return { text: `${newlyFailing} newly failing`, tone: "negative" };
  if (failed > 0) return { text: `${failed} failed`, tone: "negative" };
  if (running > 0) return { text: "running", tone: "neutral" };
  return passed === total
    ? { text: "all passed", tone: "positive" }
    : { text: `${passed} of ${total} passed`, tone: "neutral" };
}

/** From the best to the worst: all passed, not all ran, running, failed, newly failing. Null if none was started. */
export function rankChecks(summary: ChecksSummary | null): number | null {
  if (summary === null || summary.started === 0) return null;
  const { passed, failed, newlyFailing, running, total } = summary;
  const perKind = total + 1;
  if (newlyFailing > 0) return 4 * perKind + newlyFailing;
  if (failed > 0) return 3 * perKind + failed;
  if (running > 0) return 2 * perKind + running;
  return total - passed;
}
