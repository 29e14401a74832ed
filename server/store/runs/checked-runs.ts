import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import type { RunId } from "#lib/contracts/ids.ts";
import type { RunCandidate } from "#lib/contracts/runs/run.ts";
import type { Database, Transaction } from "../database.ts";
import { appendRunEvents } from "./run-events.ts";

/**
 * Cancels a run that waits for its checks. Returns null, and writes nothing, if it does not wait. No worker holds such
 * a run. Its candidate is kept.
 */
export async function cancelWaitingRun({
  transaction,
  runId,
}: {
  transaction: Transaction;
  runId: RunId;
}): Promise<{ candidate: RunCandidate | null } | null> {
  const rows = await transaction.run.updateManyAndReturn({
    where: { id: runId, status: "RUNNING", waitsForChecks: true },
    data: { status: "CANCELLED", waitsForChecks: false, endedAt: new Date() },
    select: { candidate: true },
  });
  const [row] = rows;
  return row === undefined ? null : { candidate: row.candidate as RunCandidate | null };
}

/** Appends events to a run if it waits for its checks. A resumed or ended run gets none. */
export async function appendWaitingEvents({
  database,
  runId,
  events,
}: {
  database: Database;
  runId: RunId;
  events: readonly RunEvent[];
}): Promise<void> {
  await database.prisma.$transaction(async (transaction) => {
    const rows = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM "Run" WHERE id = ${runId} AND "waitsForChecks" FOR UPDATE`;
    if (rows.length > 0) await appendRunEvents({ transaction, runId, events });
  });
}

/** The waiting runs without an unfinished check of their candidate or their parent. */
export async function listCheckedRuns({ database }: { database: Database }): Promise<RunId[]> {
  const rows = await database.prisma.$queryRaw<{ id: RunId }[]>`
    SELECT r.id FROM "Run" r WHERE r."waitsForChecks" AND r.status = 'RUNNING' AND NOT EXISTS (
      SELECT FROM "CheckRun" c WHERE c.status IN ('QUEUED', 'RUNNING')
        AND (c."runId" = r.id OR c."generationId" = r."parentGenerationId"))`;
  return rows.map(({ id }) => id);
}
