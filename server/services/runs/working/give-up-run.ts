import type { RunId } from "#lib/contracts/ids.ts";
import type { RunFailure } from "#lib/contracts/runs/run.ts";
import type { Container } from "#server/container.ts";
import { logger } from "#server/logger.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { transitionRun } from "#server/store/runs/runs.ts";
import { advanceQueue } from "../queue/advance-queue.ts";

/** Ends a run whose worker died repeatedly, so that its owner sees the reason. */
export async function giveUpRun({ container, runId }: { container: Container; runId: RunId }): Promise<void> {
  const failure: RunFailure = {
    code: "WORKER_LOST",
    message:
      "The worker stopped, or did not answer any more, several times while it worked on this run, so the run was given up. Nothing was stored and the parent is unchanged. Retry, or try a smaller request.",
    isRetryable: true,
  };
  await container.database.prisma.$transaction(async (transaction) => {
    const moved = await transitionRun({
      transaction,
      runId,
      from: ["QUEUED", "RUNNING"],
      change: { status: "FAILED", failure, endedAt: new Date() },
    });
    if (moved) logger.error({ runId, failureCode: failure.code }, "run given up");
    if (moved) await appendRunEvents({ transaction, runId, events: [{ type: "failed", failure }] });
    if (moved) await advanceQueue({ container, transaction, runId });
  });
}
