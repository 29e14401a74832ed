import type { RunId } from "#lib/contracts/ids.ts";
import type { RunEvent } from "#lib/contracts/run-event.ts";
import type { RunOutput } from "#lib/contracts/run.ts";
import type { Container } from "#server/container.ts";
import { appendRunEvents } from "#server/store/run-events.ts";
import { getRun, requestCancel, transitionRun } from "#server/store/runs.ts";

/**
 * Asks a run to stop. One that no worker has taken yet ends at once; otherwise its worker stops the model and ends it.
 * A run that waits for a decision is discarded: it waits no longer, and what it holds can still be looked at and taken.
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
  const run = await getRun({ database: container.database, ownerId, runId });
  const finishedPaths = run.holds?.changes.map(({ path }) => path) ?? [];
  await container.database.prisma.$transaction(async (transaction) => {
    const end = (from: "NEEDS_REVIEW" | "QUEUED") =>
      transitionRun({ transaction, runId, from: [from], change: { status: "CANCELLED", endedAt: new Date() } });
    const append = (events: RunEvent[]) => appendRunEvents({ transaction, runId, events });
    if (await end("NEEDS_REVIEW")) return append([{ type: "cancelled", finishedPaths }]);
    await requestCancel({ transaction, ownerId, runId });
    const wasQueued = await end("QUEUED");
    const ended: RunEvent[] = wasQueued ? [{ type: "cancelled", finishedPaths: [] }] : [];
    return append([{ type: "cancel.requested" }, ...ended]);
  });
  return getRun({ database: container.database, ownerId, runId });
}
