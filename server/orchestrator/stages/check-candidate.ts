import type { CandidateCheck } from "#lib/contracts/versions/check.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import {
  describeFailing,
  keyOfFailures,
  listFailures,
  reportFailures,
  type FailingCheck,
} from "#server/core/checks/describe-failures.ts";
import type { CheckJudgement, PendingChecks, RunDependencies } from "../ports.ts";
import type { ValidatedCandidate } from "./validate-result.ts";

type CheckedCandidate =
  /** No check newly fails, or the project only marks new failures. */
  | { status: "passed"; isJudged: boolean }
  /** Results are missing. The run has to wait for them. */
  | { status: "pending"; pending: PendingChecks }
  | {
      status: "failing";
      goesBack: boolean;
      checks: CandidateCheck[];
      failing: FailingCheck[];
      issues: ValidationIssue[];
      reasons: string[];
      report: string;
      key: string;
    };

/**
 * Reads the results of the project's own checks for a valid candidate. The answer is a stored step: later results for
 * the same files must not change the outcome of a replayed run.
 */
export async function checkCandidate({
  candidate,
  round,
  dependencies,
}: {
  candidate: ValidatedCandidate;
  /** The round of the run. Each round judges one candidate. */
  round: number;
  dependencies: RunDependencies;
}): Promise<CheckedCandidate> {
  const { checks: port, steps, events } = dependencies;
  const key = `checks-${round}`;
  const { merged, request } = candidate;
  const known = await steps.recall<Judged>(key);
  const answer = known ?? (await port.judge({ request, merged }));
  if (answer.status === "off") return { status: "passed", isJudged: false };
  if (answer.status === "pending") return answer;
  const { checks, logs, onNewFailure, waitedMs } =
    known ?? (await steps.remember(key, async (): Promise<Judged> => answer));
  events.append({
    type: "checks.judged",
    checks: checks.map(({ name, status, againstParent, newFailureCount, durationMs, reason, isHolding, flaky }) => ({
      name,
      status,
      againstParent,
      newFailureCount,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(reason === undefined ? {} : { reason }),
      isHolding,
      flakyCount: flaky.length,
    })),
  });
  events.append({ type: "stage.done", stage: "run-checks", durationMs: waitedMs });
  const failing = checks
    .filter(({ isHolding }) => isHolding)
    .map((check) => ({ check, log: logs[check.checkId] ?? "" }));
  if (failing.length === 0) return { status: "passed", isJudged: true };
  return {
    status: "failing",
    goesBack: onNewFailure === "repair",
    checks,
    failing,
    issues: listFailures({ failing, paths: new Set(merged.tree.keys()) }),
    reasons: failing.map(describeFailing),
    report: reportFailures(failing),
    key: keyOfFailures(failing),
  };
}

type Judged = Extract<CheckJudgement, { status: "judged" }>;
