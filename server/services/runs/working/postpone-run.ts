import type { RunId } from "#lib/contracts/ids.ts";
import type { RunFailure } from "#lib/contracts/runs/run.ts";
import type { RunAttempt, RunQueue } from "#server/jobs/run-queue.ts";
import type { RunOutcome, TalkOutcome } from "#server/orchestrator/run-outcome.ts";
import type { Database } from "#server/store/database.ts";
import { appendRunEvents, countRunEvents } from "#server/store/runs/run-events.ts";
import { lockForEnd, transitionRun } from "#server/store/runs/runs.ts";
import { LostAttempt } from "./finish-run.ts";

/** The whole run, its model calls that were answered not paid again. */
const maxAttempts = 3;

/** A shorter wait than this is the model call's own, which holds its worker meanwhile. */
const shortestWaitMs = 60_000;

/** A provider that asks for more is better asked by a person's decision. */
const longestWaitMs = 3_600_000;

/**
 * Puts a run back into the queue until its provider will answer again, where the provider said when that is. No worker
 * is held meanwhile, a person can cancel it or have it tried at once, and it goes on behind its last answered call.
 *
 * @returns false where the run is to end as it is: another kind of failure, its last attempt, or it was cancelled
 * @throws LostAttempt
 */
export async function postponeRun({
  database,
  queue,
  runId,
  ownerId,
  attempt,
  outcome,
}: {
  database: Database;
  queue: RunQueue;
  runId: RunId;
  ownerId: string;
  attempt: RunAttempt;
  outcome: RunOutcome | TalkOutcome;
}): Promise<boolean> {
  const failure = outcome.status === "failed" ? outcome.failure : null;
  const waitMs = failure === null ? null : readWaitMs(failure);
  if (failure === null || waitMs === null) return false;
  return database.prisma.$transaction(async (transaction) => {
    const { isCancelRequested } = await lockForEnd({ transaction, runId });
    const nextAttempt = (await countRunEvents({ transaction, runId, type: "waiting" })) + 2;
    if (isCancelRequested || nextAttempt > maxAttempts) return false;
    const until = new Date(Date.now() + waitMs);
    // Attempts count what a worker began and did not end; this one ended.
    const moved = await transitionRun({
      transaction,
      runId,
      from: ["RUNNING"],
      change: { status: "QUEUED", attempt: 0, crashes: 0, openAttempt: null },
    });
    if (!moved || !(await queue.complete({ transaction, attempt }))) throw new LostAttempt(runId);
    await appendRunEvents({
      transaction,
      runId,
      events: [{ type: "waiting", code: failure.code, until: until.toISOString(), attempt: nextAttempt, maxAttempts }],
    });
    await queue.enqueue({ transaction, runId, ownerId, startAfter: until });
    return true;
  });
}

function readWaitMs({ code, details }: RunFailure): number | null {
  const retryAfterMs = details?.["retryAfterMs"];
  if ((code !== "RATE_LIMITED" && code !== "MODEL_UNAVAILABLE") || typeof retryAfterMs !== "number") return null;
  return retryAfterMs > shortestWaitMs && retryAfterMs <= longestWaitMs ? retryAfterMs : null;
}
