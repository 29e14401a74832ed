import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { CheckOutcome } from "#server/checks/run-check.ts";
import { compareWithParent } from "#server/core/checks/compare-evidence.ts";
import type { JobAttempt } from "#server/jobs/fair-queue.ts";
import { logger } from "#server/logger.ts";
import { listCheckResults, type StoredCheckResult } from "#server/store/checks/check-results.ts";
import { beginCheckRun, releaseCheckRun, findCheckRun, type StoredCheckRun } from "#server/store/checks/check-runs.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";
import { releaseCheckedRuns } from "../runs/checking/release-checked-runs.ts";
import { tellWaitingRun } from "../runs/checking/tell-waiting-run.ts";
import { CheckProgress } from "./check-progress.ts";
import { giveUpCheck } from "./give-up-check.ts";
import { finishCheck, type CheckEnd } from "./finish-check.ts";
import { findCheckedFiles, type CheckedFiles } from "./load-checked-files.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { redactOutcome } from "./redact-outcome.ts";

/** The project's code runs outside the worker, so a check hardly ever ends its worker. */
const maxAttempts = 3;

/**
 * Works on one check until it ends. An exception only ends this attempt, not the check: the queue passes it to another
 * worker, which starts again.
 */
export async function executeCheck({
  container,
  checkRunId,
  attempt,
  stopping,
}: {
  container: Container;
  checkRunId: string;
  attempt: JobAttempt;
  stopping: AbortSignal;
}): Promise<void> {
  const { database, notifications } = container;
  stopping.throwIfAborted();
  const run = await beginCheckRun({ database, checkRunId });
  if (run === null) return;
  if (run.attempt > maxAttempts) return giveUpCheck({ container, checkRunId });
  const startedAt = performance.now();
  const cancelling = new AbortController();
  const cancelIfRequested = async () => {
    const now = await findCheckRun({ transaction: database.prisma, checkRunId });
    if (now?.isCancelRequested === true) cancelling.abort();
  };
  const unsubscribe = notifications.subscribe({
    channel: "graft_check_cancel",
    listener: (payload) => {
      if (payload === checkRunId) cancelling.abort();
      // Notifications may have been missed while the connection was lost. A failed read is repeated at the next one.
      else if (payload === null) cancelIfRequested().catch(() => undefined);
    },
  });
  const progress = new CheckProgress({ database, checkRunId });
  await tellWaitingRun({ database, run, status: "running" });
  try {
    // A cancellation from before the subscription.
    await cancelIfRequested();
    const signal = AbortSignal.any([stopping, cancelling.signal]);
    const ends = await work({ container, run, progress, signal });
    await progress.stop();
    // Ended with its worker: another one takes the check.
    if (stopping.aborted && !cancelling.signal.aborted && ends.at(-1)?.status === "cancelled") {
      await releaseCheckRun({ database, checkRunId });
      stopping.throwIfAborted();
    }
    const ended = await finishCheck({ container, run, attempt, ends });
    await tellWaitingRun({ database, run, ...ended });
    await releaseCheckedRuns({ container });
    logger.info(
      { checkRunId, outcome: ends.at(-1)?.status, durationMs: Math.round(performance.now() - startedAt) },
      "check ended",
    );
  } finally {
    unsubscribe();
    await progress.stop();
  }
}

/** The ends of a run: one, or two if a new failure was retried. */
async function work({
  container,
  run,
  progress,
  signal,
}: {
  container: Container;
  run: StoredCheckRun;
  progress: CheckProgress;
  signal: AbortSignal;
}): Promise<CheckEnd[]> {
  const toolchain = await container.checks.getToolchain();
  const files = await findCheckedFiles({ container, run });
  const known = await findFinishedSince({ container, run, files, toolchain });
  if (known !== null) return [{ status: "known", result: known }];
  const { rootTreeHash } = files;
  const first = await runOnce({ container, run, files, progress, signal });
  const ends: CheckEnd[] = [{ ...first, rootTreeHash, toolchain: toolchain ?? "" }];
  if (await isNewFailure({ container, run, files, outcome: first })) {
    const second = await runOnce({ container, run, files, progress, signal });
    // The first result counts whatever the second try gave.
    if (second.status === "finished") ends.push({ ...second, rootTreeHash, toolchain: toolchain ?? "" });
  }
  return ends;
}

/** Another version with these files, or an earlier attempt, was faster. */
async function findFinishedSince({
  container: { database },
  run,
  files: { rootTreeHash },
  toolchain,
}: {
  container: Container;
  run: StoredCheckRun;
  files: CheckedFiles;
  toolchain: string | null;
}): Promise<StoredCheckResult | null> {
  const results = await listCheckResults({
    transaction: database.prisma,
    ownerId: run.ownerId,
    rootTreeHashes: [rootTreeHash],
  });
  const isSame = ({ command, toolchain: tools, createdAt }: StoredCheckResult) =>
    command === run.command && tools === toolchain && createdAt >= run.createdAt;
  return results.findLast(isSame) ?? null;
}

async function runOnce({
  container,
  run,
  files,
  progress,
  signal,
}: {
  container: Container;
  run: StoredCheckRun;
  files: CheckedFiles;
  progress: CheckProgress;
  signal: AbortSignal;
}): Promise<CheckOutcome> {
  progress.beginOutput();
  const loaded = await files.load().catch((error: unknown) => {
    if (error instanceof AppError && run.runId !== null) return error;
    throw error;
  });
  if (loaded instanceof AppError) return { status: "could-not-run", reason: loaded.message, log: "" };
  const outcome = await container.checks.run({
    command: run.command,
    ...loaded,
    signal,
    onStage: (stage) => progress.setStage(stage),
    onOutput: (chunk) => progress.addOutput(chunk),
  });
  return redactOutcome({ threads: container.threads, outcome });
}

/** A failure that the parent did not have is retried once, because a flaky case would be reported as a new failure. */
async function isNewFailure({
  container: { database },
  run,
  files: { rootTreeHash, parentGenerationId },
  outcome,
}: {
  container: Container;
  run: StoredCheckRun;
  files: CheckedFiles;
  outcome: CheckOutcome;
}): Promise<boolean> {
  // A check that exceeded a time or space limit would do so again.
  if (outcome.status !== "finished" || outcome.hasPassed || outcome.exitCode === null) return false;
  if (parentGenerationId === null) return false;
  const transaction = database.prisma;
  const parent = await getStoredGeneration({ transaction, generationId: parentGenerationId });
  const rootTreeHashes = [parent.rootTreeHash, rootTreeHash];
  const verdicts = await loadVerdicts({ transaction, ownerId: run.ownerId, rootTreeHashes });
  // Another result for these files exists already.
  if (verdicts.findLatest({ rootTreeHash, command: run.command }) !== null) return false;
  const cases = outcome.cases.filter(({ status }) => status === "failed");
  const { againstParent } = compareWithParent({
    verdict: { hasPassed: false, failing: cases, flaky: [], caseNames: null },
    parent: verdicts.find({ rootTreeHash: parent.rootTreeHash, command: run.command }),
  });
  return againstParent === "newly-failing";
}
