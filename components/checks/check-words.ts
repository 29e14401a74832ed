import type {
  CheckComparison,
  CheckStatus,
  CheckVersionsOutput,
  GenerationCheck,
  NewFailureAction,
} from "#lib/contracts/versions/check.ts";
import { limits } from "#lib/contracts/limits.ts";
import { formatDuration } from "#lib/format-amount.ts";
import type { BadgeTone } from "../ui/badge.tsx";

/** The choices for the effect of a new failure. */
export const newFailureOptions: readonly { value: NewFailureAction; label: string; description: string }[] = [
  {
    value: "mark",
    label: "Mark the version",
    description: "It is stored at once. Its checks run in the background and mark it.",
  },
  {
    value: "hold",
    label: "Hold it for my decision",
    description: "A run waits for its checks. If one newly fails, nothing is stored until you decide.",
  },
  {
    value: "repair",
    label: "Give it back to the model, then hold it",
    description: `The model gets the failing output, in at most ${limits.repairRounds} rounds; each costs a model call. What still fails waits for your decision.`,
  },
];

export const statusLooks: Record<CheckStatus, { word: string; tone: BadgeTone }> = {
  "not-run": { word: "not run", tone: "neutral" },
  queued: { word: "waiting", tone: "neutral" },
  running: { word: "running", tone: "accent" },
  passed: { word: "passed", tone: "positive" },
  failed: { word: "failed", tone: "negative" },
  "could-not-run": { word: "could not run", tone: "caution" },
  cancelled: { word: "cancelled", tone: "neutral" },
};

/** What changed in a check since the parent; null if the status says everything. */
export const comparisonLooks: Record<CheckComparison, { word: string; tone: BadgeTone } | null> = {
  "newly-failing": { word: "new failure", tone: "negative" },
  "still-failing": { word: "still failing", tone: "caution" },
  fixed: { word: "fixed", tone: "positive" },
  passing: null,
  unknown: null,
};

/** Counts, duration and special cases, in one line. */
export function describeCheck({ cases, durationMs, flaky, stage, status, exitCode }: GenerationCheck): string {
  if (status === "running") return stage ?? "";
  const parts = [
    cases === undefined || cases.passed + cases.failed === 0
      ? null
      : cases.failed > 0
        ? `${cases.failed} of ${cases.passed + cases.failed} failed`
        : `${cases.passed} passed`,
    cases === undefined || cases.skipped === 0 ? null : `${cases.skipped} skipped`,
    flaky.length === 0 ? null : `${flaky.length} flaky`,
    status === "failed" && cases === undefined && exitCode !== undefined ? `exit code ${exitCode}` : null,
    durationMs === undefined ? null : formatDuration(durationMs),
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** One sentence about all checks of a version. */
export function summarizeChecks(items: readonly GenerationCheck[]): string {
  const active = items.filter(({ status }) => status === "queued" || status === "running").length;
  if (active > 0) return `${active} of ${items.length} to go`;
  const count = (comparison: CheckComparison) =>
    items.filter(({ againstParent }) => againstParent === comparison).length;
  const failed = items.filter(({ status }) => status === "failed").length;
  const passed = items.filter(({ status }) => status === "passed").length;
  if (passed === items.length) return count("fixed") > 0 ? `All passed, ${count("fixed")} fixed` : "All passed";
  const parts = [
    failed === 0 ? null : `${failed} failed`,
    count("newly-failing") === 0 ? null : `${count("newly-failing")} new`,
    passed === 0 ? null : `${passed} passed`,
    items.length - failed - passed === 0 ? null : `${items.length - failed - passed} without a result`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** The status word for a row of a list; null if there is nothing to say. The colour repeats it. */
export function describeMark({
  status,
  failedNames,
  newlyFailing,
  fixed,
}: CheckVersionsOutput["items"][number]): { word: string; className: string } | null {
  if (status === "unknown") return null;
  if (status === "running") return { word: "checking", className: "text-muted" };
  if (status === "green") return { word: fixed > 0 ? "green, fixed" : "green", className: "text-positive" };
  const names = failedNames.length === 1 ? (failedNames[0] ?? "") : `${failedNames.length} checks`;
  return newlyFailing > 0
    ? { word: `${names} newly failing`, className: "text-negative" }
    : { word: `${names} failing`, className: "text-caution" };
}
