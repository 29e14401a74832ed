import type { RunId } from "#lib/contracts/ids.ts";
import type { RunEvent, StoredRunEvent } from "#lib/contracts/runs/run-event.ts";
import type { Database, Transaction } from "../database.ts";
import { toStorableJsonText } from "../storable-json.ts";

/**
 * Appends events in one statement and notifies listeners at commit. The run's row lock serialises the sequence: two
 * writers leave neither a gap nor a duplicate, and a reader that saw N has seen every earlier event.
 */
export async function appendRunEvents({
  transaction,
  runId,
  events,
}: {
  transaction: Transaction;
  runId: RunId;
  events: readonly RunEvent[];
}): Promise<void> {
  if (events.length === 0) return;
  await transaction.$executeRaw`
    WITH numbered AS (
      UPDATE "Run" SET "lastSequence" = "lastSequence" + ${events.length}::int WHERE id = ${runId}
      RETURNING "lastSequence" - ${events.length}::int AS base
    ), inserted AS (
      INSERT INTO "RunEvent" ("runId", sequence, type, event)
      SELECT ${runId}, numbered.base + item.position::int, item.event ->> 'type', item.event
      FROM numbered, jsonb_array_elements(${toStorableJsonText(events)}::jsonb) WITH ORDINALITY AS item(event, position)
    )
    SELECT pg_notify('graft_run_event', ${runId}) FROM numbered`;
}

/** The number of events of one type in a run. */
export async function countRunEvents({
  transaction,
  runId,
  type,
}: {
  transaction: Transaction;
  runId: RunId;
  type: RunEvent["type"];
}): Promise<number> {
  return transaction.runEvent.count({ where: { runId, type } });
}

/** Null if the run has no event yet. */
export async function readLastEventType({
  database,
  runId,
}: {
  database: Database;
  runId: RunId;
}): Promise<RunEvent["type"] | null> {
  const row = await database.prisma.runEvent.findFirst({
    where: { runId },
    orderBy: { sequence: "desc" },
    select: { type: true },
  });
  return row === null ? null : (row.type as RunEvent["type"]);
}

/** The events of a run after `afterSequence`, in order, at most `limit`. */
export async function listRunEvents({
  database,
  runId,
  afterSequence,
  limit,
}: {
  database: Database;
  runId: RunId;
  afterSequence: number;
  limit: number;
}): Promise<StoredRunEvent[]> {
  const rows = await database.prisma.runEvent.findMany({
    where: { runId, sequence: { gt: afterSequence } },
    orderBy: { sequence: "asc" },
    take: limit,
  });
  return rows.map((row) => ({ sequence: row.sequence, at: row.createdAt.toISOString(), event: row.event as RunEvent }));
}
