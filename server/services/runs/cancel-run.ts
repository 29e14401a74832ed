import type { RunId } from "#lib/contracts/ids.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import type { Container } from "#server/container.ts";
import { keepFromEnding, lockQueues, moveWaiting, readRunResult } from "#server/store/runs/queued-runs.ts";
import { cancelCheckRuns } from "#server/store/checks/check-runs.ts";
import { cancelWaitingRun } from "#server/store/runs/checked-runs.ts";
import { appendRunEvents } from "#server/store/runs/run-events.ts";
import { getRun, requestCancel, transitionRun } from "#server/store/runs/runs.ts";
import { advanceQueue } from "./queue/advance-queue.ts";

/**
 * Requests that a run stop. A waiting run ends at once; otherwise its worker stops the model and ends it. A run that
 * waits for its checks ends at once together with them, and keeps its candidate. A queued run is withdrawn: what waited
 * for it waits for the run before it. A run that waits for a decision is discarded: it no longer waits, and its result
 * can still be viewed and accepted.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_ACTIVE
 */
export async function cancelRun({
  container,
  ownerId,
  runId,
}: {
  container: Container;
  ownerId: string;
  runId: RunId;
}): Promise<RunOutput> {
  const { database } = container;
  const run = await getRun({ database, ownerId, runId });
  const finishedPaths = run.holds?.changes.map(({ path }) => path) ?? [];
  await database.prisma.$transaction(async (transaction) => {
    await lockQueues({ transaction, projectId: run.projectId });
    const { afterRunId } = await readRunResult({ transaction, runId });
    if (afterRunId !== null) await keepFromEnding({ transaction, runId: afterRunId });
    const end = (from: "NEEDS_REVIEW" | "QUEUED") =>
      transitionRun({ transaction, runId, from: [from], change: { status: "CANCELLED", endedAt: new Date() } });
    const append = (events: RunEvent[]) => appendRunEvents({ transaction, runId, events });
    if (await end("NEEDS_REVIEW")) {
      await append([{ type: "cancelled", finishedPaths }]);
      return advanceQueue({ container, transaction, runId });
    }
    await requestCancel({ transaction, ownerId, runId });
    const waited = await cancelWaitingRun({ transaction, runId });
    if (waited !== null) {
      const paths = waited.candidate?.changes.map(({ path }) => path) ?? [];
      await append([{ type: "cancel.requested" }, { type: "cancelled", finishedPaths: paths }]);
      await cancelCheckRuns({ transaction, ownerId, of: { runId } });
      return advanceQueue({ container, transaction, runId });
    }
    const wasQueued = await end("QUEUED");
    const ended: RunEvent[] = wasQueued ? [{ type: "cancelled", finishedPaths: [] }] : [];
    await append([{ type: "cancel.requested" }, ...ended]);
    if (!wasQueued) return;
    if (afterRunId !== null) await moveWaiting({ transaction, fromRunId: runId, toRunId: afterRunId });
    await advanceQueue({ container, transaction, runId: afterRunId ?? runId });
  });
  return getRun({ database, ownerId, runId });
}
