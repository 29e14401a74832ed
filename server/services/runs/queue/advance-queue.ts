import type { RunId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import type { Transaction } from "#server/store/database.ts";
import { findFirstWaiting, readRunResult, startWaitingRun } from "#server/store/runs/queued-runs.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { transitionRun } from "#server/store/runs/runs.ts";
import { assertWithinDayLimit } from "../../operations/spending.ts";

/**
 * Advances the queue behind a run, in the transaction that ends the run. If it made a version, that becomes the next
 * run's parent, and the next run gets its job. Otherwise the queue stops and reports that. Does nothing while the run
 * is active.
 */
export async function advanceQueue({
  container,
  transaction,
  runId,
}: {
  container: Container;
  transaction: Transaction;
  runId: RunId;
}): Promise<void> {
  const { status, generationId } = await readRunResult({ transaction, runId });
  if (isActive(status)) return;
  for (;;) {
    const first = await findFirstWaiting({ transaction, afterRunId: runId });
    if (first === null) return;
    const append = (...events: Parameters<typeof appendRunEvents>[0]["events"]) =>
      appendRunEvents({ transaction, runId: first.runId, events });
    if (generationId === null) return append({ type: "queue.stopped", afterRunId: runId, status });
    // The row may have been withdrawn or moved since it was read: then the queue is read again.
    const isStarted = await startWaitingRun({
      transaction,
      runId: first.runId,
      afterRunId: runId,
      parentGenerationId: generationId,
    });
    if (!isStarted) continue;
    await append({ type: "base.chosen", parentGenerationId: generationId });
    return enqueueStarted({ container, transaction, run: first });
  }
}

/** Gives a run with a parent its job, or ends it if its owner has reached the daily limit. */
export async function enqueueStarted({
  container,
  transaction,
  run: { runId, ownerId, modelId },
}: {
  container: Container;
  transaction: Transaction;
  run: NonNullable<Awaited<ReturnType<typeof findFirstWaiting>>>;
}): Promise<void> {
  try {
    await assertWithinDayLimit({ container, transaction, ownerId, modelId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details } = error;
    const failure = { code, message, isRetryable: true, ...(details === undefined ? {} : { details }) };
    await transitionRun({
      transaction,
      runId,
      from: ["QUEUED"],
      change: { status: "FAILED", failure, endedAt: new Date() },
    });
    await appendRunEvents({ transaction, runId, events: [{ type: "failed", failure }] });
    return advanceQueue({ container, transaction, runId });
  }
  await container.queue.enqueue({ transaction, runId, ownerId });
}
