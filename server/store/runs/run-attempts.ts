import type { RunId } from "#lib/contracts/ids.ts";
import { Prisma } from "../prisma-client/client.ts";
import type { Database, Transaction } from "../database.ts";

/**
 * The state when an attempt began. Compared with the state when the next one begins, it shows why the attempt ended.
 */
type OpenAttempt = {
  /** The number of stored steps. */
  steps: number;
  /** When the database server started, as PostgreSQL spells it. */
  serverStart: string;
  /**
   * No other run was running in its worker, or none with as many interruptions: the worker's end is attributed to this
   * run.
   */
  isAlone: boolean;
};

/**
 * The number of crashes of a run whose last attempt ended with its worker. A new step resets the count. An attempt is
 * not counted if the database server restarted too, or if another run shared its worker.
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

/** Starts the next attempt of an active run; null if it has ended. */
export async function beginAttempt({
  database,
  runId,
  isAlone,
}: {
  database: Database;
  runId: RunId;
  isAlone: boolean;
}): Promise<{ attempt: number; crashes: number; waitedForChecks: boolean } | null> {
  return database.prisma.$transaction(async (transaction) => {
    const [row] = await transaction.$queryRaw<
      {
        crashes: number;
        openAttempt: OpenAttempt | null;
        waitedForChecks: boolean;
        steps: number;
        serverStart: string;
      }[]
    >`SELECT crashes, "openAttempt", "waitsForChecks" AS "waitedForChecks", (SELECT count(*)::int FROM "RunStep" WHERE "runId" = ${runId}) AS steps, pg_postmaster_start_time()::text AS "serverStart"
      FROM "Run" WHERE id = ${runId} AND status IN ('QUEUED', 'RUNNING') FOR UPDATE`;
    if (row === undefined) return null;
    const { steps, serverStart, waitedForChecks } = row;
    const crashes = countCrashes({ crashes: row.crashes, last: row.openAttempt, now: { steps, serverStart } });
    const open: OpenAttempt = { steps, serverStart, isAlone };
    const [begun] = await transaction.$queryRaw<{ attempt: number }[]>`
      UPDATE "Run" SET attempt = attempt + 1, status = 'RUNNING', crashes = ${crashes}, "openAttempt" = ${JSON.stringify(open)}::jsonb, "waitsForChecks" = false WHERE id = ${runId} RETURNING attempt`;
    return begun === undefined ? null : { attempt: begun.attempt, crashes, waitedForChecks };
  });
}

/** Records that the attempt ended cleanly and is not counted. False if another attempt has begun since. */
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
