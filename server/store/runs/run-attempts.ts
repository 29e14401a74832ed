import type { RunId } from "#lib/contracts/ids.ts";
import { Prisma } from "../prisma-client/client.ts";
import type { Database, Transaction } from "../database.ts";

/** What was so when an attempt began. Beside what is so when the next one begins, it tells why the attempt ended. */
export type OpenAttempt = {
  /** Remembered steps. */
  steps: number;
  /** When the database server started, as PostgreSQL spells it. */
  serverStart: string;
  /** No other run was in work in its worker, or none that had been interrupted as often: its worker's end is its own. */
  isAlone: boolean;
};

/**
 * The crashes of a run, once its last attempt is known to have ended with its worker. One that remembered a new step
 * shows that the run makes progress; one that the database ended with, or that shared its worker, shows nothing of the
 * run.
 */
export function countCrashes({
  crashes,
  last,
  now,
}: {
  crashes: number;
  last: OpenAttempt | null;
  now: Pick<OpenAttempt, "steps" | "serverStart">;
}): number {
  if (last === null) return crashes;
  if (now.steps > last.steps) return 0;
  return last.isAlone && last.serverStart === now.serverStart ? crashes + 1 : crashes;
}

/** Takes the next attempt of an active run; null when it has ended. */
export async function beginAttempt({
  database,
  runId,
  isAlone,
}: {
  database: Database;
  runId: RunId;
  isAlone: boolean;
}): Promise<{ attempt: number; crashes: number } | null> {
  return database.prisma.$transaction(async (transaction) => {
    const [row] = await transaction.$queryRaw<
      { crashes: number; openAttempt: OpenAttempt | null; steps: number; serverStart: string }[]
    >`SELECT crashes, "openAttempt", (SELECT count(*)::int FROM "RunStep" WHERE "runId" = ${runId}) AS steps, pg_postmaster_start_time()::text AS "serverStart"
      FROM "Run" WHERE id = ${runId} AND status IN ('QUEUED', 'RUNNING') FOR UPDATE`;
    if (row === undefined) return null;
    const { steps, serverStart } = row;
    const crashes = countCrashes({ crashes: row.crashes, last: row.openAttempt, now: { steps, serverStart } });
    const open: OpenAttempt = { steps, serverStart, isAlone };
    const [begun] = await transaction.$queryRaw<{ attempt: number }[]>`
      UPDATE "Run" SET attempt = attempt + 1, status = 'RUNNING', crashes = ${crashes}, "openAttempt" = ${JSON.stringify(open)}::jsonb WHERE id = ${runId} RETURNING attempt`;
    return begun === undefined ? null : { attempt: begun.attempt, crashes };
  });
}

/**
 * Notes that the attempt ended in good order, so that it counts for nothing; false where another attempt has begun
 * since.
 */
export async function closeAttempt({
  transaction,
  runId,
  attempt,
}: {
  transaction: Transaction;
  runId: RunId;
  attempt: number;
}): Promise<boolean> {
  const { count } = await transaction.run.updateMany({
    where: { id: runId, attempt, status: "RUNNING" },
    data: { attempt: attempt - 1, openAttempt: Prisma.DbNull },
  });
  return count === 1;
}
