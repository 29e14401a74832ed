import type { RunId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/run.ts";
import type { Container } from "#server/container.ts";
import { appendRunEvents } from "#server/store/run-events.ts";
import { getRun, requestCancel, transitionRun } from "#server/store/runs.ts";

/**
 * Asks a run to stop. One that no worker has taken yet ends at once; otherwise its worker stops the model and ends it.
 *
 * @throws AppError RUN_NOT_FOUND, RUN_NOT_ACTIVE
 */
export async function cancelRun({
  container,
  ownerId,
  runId,
}: {
  container: Pick<Container, "database">;
  ownerId: string;
  runId: RunId;
}): Promise<RunOutput> {
  await container.database.prisma.$transaction(async (transaction) => {
    await requestCancel({ transaction, ownerId, runId });
    const wasQueued = await transitionRun({
      transaction,
      runId,
      from: ["QUEUED"],
      change: { status: "CANCELLED", endedAt: new Date() },
    });
    await appendRunEvents({
      transaction,
      runId,
      events: [{ type: "cancel.requested" }, ...(wasQueued ? [{ type: "cancelled" as const, finishedPaths: [] }] : [])],
    });
  });
  return getRun({ database: container.database, ownerId, runId });
}
