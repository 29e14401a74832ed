import type { CandidateCheck, Check, CheckId } from "#lib/contracts/versions/check.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { Container } from "#server/container.ts";
import { compareWithParent, type CaseComparison } from "#server/core/checks/compare-evidence.ts";
import type { CandidateChecks, CheckJudgement, RunRequest, StoredGeneration } from "#server/orchestrator/ports.ts";
import { readCheckLog } from "#server/store/checks/check-results.ts";
import {
  activeCheckStatuses,
  listCheckRunsOfRun,
  listLatestCheckRuns,
  type StoredCheckRun,
} from "#server/store/checks/check-runs.ts";
import { findCheckPlan, type CheckPlan } from "#server/store/checks/project-checks.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { loadVerdicts, type Verdicts } from "../../checks/load-verdicts.ts";
import { hashCandidate } from "./hash-candidate.ts";
import { toCandidateStatus } from "./tell-waiting-run.ts";

type ActivePlan = CheckPlan & { onNewFailure: "hold" | "repair" };

/** The results and runs of the checks of a candidate and its parent. */
type Evidence = {
  candidate: { rootTreeHash: StoredGeneration["rootTreeHash"] };
  parent: StoredGeneration | null;
  verdicts: Verdicts;
  /** The runs for these files, the newest of each check first. */
  runs: readonly StoredCheckRun[];
  parentRuns: readonly StoredCheckRun[];
  /** The time when the run was submitted. */
  askedAt: Date;
};

/** A new failure is confirmed by a second try, in the first check run or in another one. */
const maxRunsOfCheck = 2;

/**
 * Judges candidates by the stored results for equal files, whatever requested them. Names the missing checks, which the
 * run has to wait for.
 */
export function createCandidateChecks({
  container,
  ownerId,
}: {
  container: Container;
  ownerId: string;
}): CandidateChecks {
  return {
    async judge({ request, merged }) {
      const plan = await findActivePlan({ container, request });
      if (plan === null) return { status: "off" };
      const rootTreeHash = await hashCandidate({ container, request, merged });
      const evidence = await loadEvidence({ container, ownerId, request, rootTreeHash });
      return judge({ container, plan, evidence });
    },
  };
}

/** Null if nothing holds a version: new failures are only marked, no check is enabled, or there is no sandbox. */
async function findActivePlan({
  container: { database, sandbox },
  request: { projectId },
}: {
  container: Container;
  request: RunRequest;
}): Promise<ActivePlan | null> {
  const plan = await findCheckPlan({ transaction: database.prisma, projectId });
  if (plan === null || plan.onNewFailure === "mark") return null;
  const checks = plan.checks.filter(({ isEnabled }) => isEnabled);
  if (checks.length === 0 || (await sandbox.getState()).status !== "available") return null;
  return { ...plan, onNewFailure: plan.onNewFailure, checks };
}

async function loadEvidence({
  container: { database },
  ownerId,
  request: { runId, parentGenerationId },
  rootTreeHash,
}: {
  container: Container;
  ownerId: string;
  request: RunRequest;
  rootTreeHash: StoredGeneration["rootTreeHash"];
}): Promise<Evidence> {
  const transaction = database.prisma;
  const parent =
    parentGenerationId === null ? null : await getStoredGeneration({ transaction, generationId: parentGenerationId });
  const parentRuns =
    parent === null ? [] : await listLatestCheckRuns({ transaction, generationIds: [parent.generationId] });
  const runs = (await listCheckRunsOfRun({ transaction, runId })).filter((run) => run.rootTreeHash === rootTreeHash);
  const { createdAt } = await transaction.run.findUniqueOrThrow({ where: { id: runId }, select: { createdAt: true } });
  const rootTreeHashes = [rootTreeHash, ...(parent === null ? [] : [parent.rootTreeHash])];
  // Read after the runs, so that a check that ends between the two queries has its result.
  const verdicts = await loadVerdicts({ transaction, ownerId, rootTreeHashes, withNames: true });
  return { candidate: { rootTreeHash }, parent, verdicts, runs, parentRuns, askedAt: createdAt };
}

async function judge({
  container,
  plan: { checks, onNewFailure },
  evidence,
}: {
  container: Container;
  plan: ActivePlan;
  evidence: Evidence;
}): Promise<CheckJudgement> {
  const { candidate, runs, parentRuns } = evidence;
  const waitedFor = [...runs, ...parentRuns.filter(isActiveRun)].map(({ createdAt }) => createdAt.getTime());
  const waitedMs = Date.now() - Math.min(Date.now(), ...waitedFor);
  const isLate = waitedMs > limits.checksWaitMs;
  if (!isLate) {
    const wanted = checks.filter((check) => needsRun({ check, evidence }));
    const wantedOfParent = checks.filter((check) => needsParentRun({ check, evidence }));
    const isActive = checks.some((check) => isBeingRun({ check, runs }) || isParentBeingRun({ check, evidence }));
    if (isActive || wanted.length > 0 || wantedOfParent.length > 0)
      return { status: "pending", pending: { rootTreeHash: candidate.rootTreeHash, wanted, wantedOfParent } };
  }
  const judged = checks.map((check) => describe({ check, evidence }));
  const logs: Record<CheckId, string> = {};
  for (const { checkId, isHolding, resultId } of judged)
    if (isHolding && resultId !== undefined)
      logs[checkId] = (await readCheckLog({ database: container.database, resultId })).slice(
        -limits.checkReportCharacters,
      );
  return { status: "judged", onNewFailure, checks: judged, logs, waitedMs };
}

type OfCheck = { check: Check; evidence: Evidence };

function needsRun({ check, evidence }: OfCheck): boolean {
  const ofCheck = listRuns({ check, runs: evidence.runs });
  if (ofCheck.some(isActiveRun) || ofCheck.length >= maxRunsOfCheck) return false;
  const { candidate, verdicts } = evidence;
  const key = { rootTreeHash: candidate.rootTreeHash, command: check.command };
  if (verdicts.find(key) === null) return ofCheck.length === 0;
  return verdicts.count(key) === 1 && isHolding({ check, evidence });
}

/** A check that could not run on the parent is tried once more by each run: that is cheap and may succeed. */
function needsParentRun({ check, evidence: { parent, parentRuns, verdicts, askedAt } }: OfCheck): boolean {
  if (parent === null || verdicts.find({ ...parent, command: check.command }) !== null) return false;
  const [last] = listRuns({ check, runs: parentRuns });
  return last === undefined || (!isActiveRun(last) && last.createdAt < askedAt);
}

function isBeingRun({ check, runs }: { check: Check; runs: readonly StoredCheckRun[] }): boolean {
  return listRuns({ check, runs }).some(isActiveRun);
}

function isParentBeingRun({ check, evidence: { parent, parentRuns, verdicts } }: OfCheck): boolean {
  if (parent === null || verdicts.find({ ...parent, command: check.command }) !== null) return false;
  return isBeingRun({ check, runs: parentRuns });
}

function isActiveRun({ status }: StoredCheckRun): boolean {
  return activeCheckStatuses.includes(status);
}

function listRuns({ check, runs }: { check: Check; runs: readonly StoredCheckRun[] }): StoredCheckRun[] {
  return runs.filter(({ checkId, command }) => checkId === check.checkId && command === check.command);
}

function compare({ check: { command }, evidence: { candidate, parent, verdicts } }: OfCheck): CaseComparison {
  return compareWithParent({
    verdict: verdicts.find({ rootTreeHash: candidate.rootTreeHash, command }),
    parent: parent === null ? null : verdicts.find({ rootTreeHash: parent.rootTreeHash, command }),
  });
}

/** A check that a limit ended says nothing about the code: the version is marked with the reason, and not held. */
function isHolding({ check, evidence }: OfCheck): boolean {
  const { rootTreeHash } = evidence.candidate;
  const latest = evidence.verdicts.findLatest({ rootTreeHash, command: check.command });
  return latest?.exitCode != null && compare({ check, evidence }).againstParent === "newly-failing";
}

function describe({ check, evidence }: OfCheck): CandidateCheck {
  const { candidate, verdicts } = evidence;
  const { checkId, name, command } = check;
  const key = { rootTreeHash: candidate.rootTreeHash, command };
  const verdict = verdicts.find(key);
  const latest = verdicts.findLatest(key);
  const [run] = listRuns({ check, runs: evidence.runs });
  const { againstParent, newFailures } = compare({ check, evidence });
  const reason = latest === null ? (run?.reason ?? describeMissing(run)) : latest.reason;
  return {
    checkId,
    name,
    command,
    status: verdict === null ? toCandidateStatus(run?.status ?? "QUEUED") : verdict.hasPassed ? "passed" : "failed",
    againstParent,
    newFailures: newFailures.slice(0, limits.candidateCheckCases),
    newFailureCount: newFailures.length,
    flaky: (verdict?.flaky ?? []).slice(0, limits.candidateCheckCases).map((one) => one.name),
    isHolding: isHolding({ check, evidence }),
    ...(latest === null ? {} : { durationMs: latest.durationMs, resultId: latest.resultId }),
    ...(latest?.exitCode == null ? {} : { exitCode: latest.exitCode }),
    ...(reason === null ? {} : { reason }),
  };
}

function describeMissing(run: StoredCheckRun | undefined): string | null {
  if (run?.status === "CANCELLED") return null;
  return `It did not end within ${limits.checksWaitMs / 60_000} minutes, so the run went on without it.`;
}
