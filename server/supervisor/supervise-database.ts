import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { logger } from "#server/logger.ts";

/**
 * The key of an advisory lock, an arbitrary number. PostgreSQL releases the lock when the supervisor's session ends.
 */
const supervisorLock = 7_250_118;
const sessionNamePrefix = "graft-supervisor-";
const restartDelayMs = 200;

type SupervisedDatabase = { connectionString(name: string): string; stop(): Promise<void> };

/**
 * Keeps the embedded PostgreSQL of `dataDir` running. It holds one session, which ends when the server exits; then it
 * restarts the server. The lock of that session ensures that only one supervisor works on the directory.
 *
 * @throws Error with a message if another supervisor does, or the server does not start
 */
export async function superviseDatabase({ dataDir }: { dataDir: string }): Promise<SupervisedDatabase> {
  let isStopping = false;
  let session: pg.Client | null = null;
  let restarting: Promise<void> = Promise.resolve();

  const start = async (): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir });
    session = await openSession({ connectionString: server.connectionString("postgres"), dataDir });
    session.once("end", () => {
      if (isStopping) return;
      logger.warn("the database ended; starting it again");
      restarting = restart();
    });
    return server;
  };
  const restart = async (): Promise<void> => {
    while (!isStopping) {
      try {
        await start();
        return;
      } catch (error) {
        // The dead server's last processes may still hold its memory for a moment.
        logger.warn({ err: error }, "the database does not start yet");
        await delay(restartDelayMs);
      }
    }
  };
  const { connectionString, stop } = await start();

  return {
    connectionString,
    async stop() {
      isStopping = true;
      await restarting;
      await session?.end().catch(() => undefined);
      await stop();
    },
  };
}

async function openSession({
  connectionString,
  dataDir,
}: {
  connectionString: string;
  dataDir: string;
}): Promise<pg.Client> {
  const session = new pg.Client({ connectionString, application_name: `${sessionNamePrefix}${process.pid}` });
  session.on("error", () => undefined);
  await session.connect();
  const { rows } = await session.query<{ isFree: boolean }>(`SELECT pg_try_advisory_lock($1) AS "isFree"`, [
    supervisorLock,
  ]);
  if (rows[0]?.isFree === true) return session;
  const { rows: holders } = await session.query<{ name: string }>(
    "SELECT application_name AS name FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE locktype = 'advisory' AND granted AND objid = $1",
    [supervisorLock],
  );
  await session.end();
  const pid = holders[0]?.name.slice(sessionNamePrefix.length) ?? "unknown";
  throw new Error(
    `Graft already runs on ${dataDir} (process ${pid}). Stop that one first, or set GRAFT_DATA_DIR to another directory.`,
  );
}
