import type { RunId } from "#lib/contracts/ids.ts";
import type { RunFailure } from "#lib/contracts/runs/run.ts";
import type { RunAttempt, RunQueue } from "#server/jobs/run-queue.ts";
import type { RunOutcome, TalkOutcome } from "#server/orchestrator/run-outcome.ts";
import type { Database } from "#server/store/database.ts";
import { appendRunEvents, countRunEvents } from "#server/store/runs/run-events.ts";
import { lockForEnd, transitionRun } from "#server/store/runs/runs.ts";
import { LostAttempt } from "./finish-run.ts";

/** Attempts of the whole run; answered model calls are not paid again. */
const maxAttempts = 3;

/** The model call waits out a shorter time itself and keeps its worker. */
const shortestWaitMs = 60_000;

/** With a longer wait, the user should decide on a retry. */
const longestWaitMs = 3_600_000;

/**
 * Requeues a run until its provider will answer again, if the provider said when. It occupies no worker until then, the
 * user can cancel it or have it tried at once, and it continues after its last answered call.
 *
 * @returns false if the run is to end as it is: another kind of failure, its last attempt, or it was cancelled
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
    // Attempts count those that a worker did not end; this one ended.
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
