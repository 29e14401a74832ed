import type { RunId } from "#lib/contracts/ids.ts";
import { Prisma } from "../prisma-client/client.ts";
import type { Database, Transaction } from "../database.ts";
import { countCrashes, type OpenAttempt } from "./count-crashes.ts";

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
