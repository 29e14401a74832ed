import type { Container } from "#server/container.ts";
import type { CheckOutcome } from "#server/checks/run-check.ts";
import { compareWithParent } from "#server/core/checks/compare-evidence.ts";
import type { JobAttempt } from "#server/jobs/fair-queue.ts";
import { logger } from "#server/logger.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { listCheckResults, type StoredCheckResult } from "#server/store/checks/check-results.ts";
import { beginCheckRun, releaseCheckRun, findCheckRun, type StoredCheckRun } from "#server/store/checks/check-runs.ts";
import { findFirstParent, getStoredGeneration } from "#server/store/versions/generations.ts";
import { CheckProgress } from "./check-progress.ts";
import { giveUpCheck } from "./give-up-check.ts";
import { finishCheck, type CheckEnd } from "./finish-check.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { redactOutcome } from "./redact-outcome.ts";

export type CheckContainer = Pick<
  Container,
  "database" | "treeObjects" | "notifications" | "checkQueue" | "checks" | "threads"
>;

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
  container: CheckContainer;
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
    await finishCheck({ container, run, attempt, ends });
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
  container: CheckContainer;
  run: StoredCheckRun;
  progress: CheckProgress;
  signal: AbortSignal;
}): Promise<CheckEnd[]> {
  const { database, checks } = container;
  const transaction = database.prisma;
  const generation = await getStoredGeneration({ transaction, generationId: run.generationId });
  const toolchain = await checks.getToolchain();
  const known = await findFinishedSince({ container, run, generation, toolchain });
  if (known !== null) return [{ status: "known", result: known }];
  const first = await runOnce({ container, run, generation, progress, signal });
  const ends: CheckEnd[] = [{ ...first, generation, toolchain: toolchain ?? "" }];
  if (await isNewFailure({ container, run, generation, outcome: first })) {
    const second = await runOnce({ container, run, generation, progress, signal });
    // The first result counts whatever the second try gave.
    if (second.status === "finished") ends.push({ ...second, generation, toolchain: toolchain ?? "" });
  }
  return ends;
}

/** Another version with these files, or an earlier attempt, was faster. */
async function findFinishedSince({
  container: { database },
  run,
  generation: { rootTreeHash },
  toolchain,
}: {
  container: CheckContainer;
  run: StoredCheckRun;
  generation: StoredGeneration;
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
  generation,
  progress,
  signal,
}: {
  container: CheckContainer;
  run: StoredCheckRun;
  generation: StoredGeneration;
  progress: CheckProgress;
  signal: AbortSignal;
}): Promise<CheckOutcome> {
  const transaction = container.database.prisma;
  progress.beginOutput();
  const outcome = await container.checks.run({
    command: run.command,
    tree: await container.treeObjects.load({ transaction, rootHash: generation.rootTreeHash }),
    loadContents: (hashes) => loadBlobs({ transaction, hashes: [...hashes] }),
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
  generation,
  outcome,
}: {
  container: CheckContainer;
  run: StoredCheckRun;
  generation: StoredGeneration;
  outcome: CheckOutcome;
}): Promise<boolean> {
  // A check that exceeded a time or space limit would do so again.
  if (outcome.status !== "finished" || outcome.hasPassed || outcome.exitCode === null) return false;
  const parentId = await findFirstParent({ database, generationId: generation.generationId });
  if (parentId === null) return false;
  const transaction = database.prisma;
  const parent = await getStoredGeneration({ transaction, generationId: parentId });
  const rootTreeHashes = [parent.rootTreeHash, generation.rootTreeHash];
  const verdicts = await loadVerdicts({ transaction, ownerId: run.ownerId, rootTreeHashes });
  // Another result for these files exists already.
  if (verdicts.findLatest({ rootTreeHash: generation.rootTreeHash, command: run.command }) !== null) return false;
  const cases = outcome.cases.filter(({ status }) => status === "failed");
  const { againstParent } = compareWithParent({
    verdict: { hasPassed: false, failing: cases, flaky: [], caseNames: null },
    parent: verdicts.find({ rootTreeHash: parent.rootTreeHash, command: run.command }),
  });
  return againstParent === "newly-failing";
}
