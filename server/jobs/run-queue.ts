import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fromPrisma, PgBoss } from "pg-boss";
import type { RunId } from "#lib/contracts/ids.ts";

/** What pg-boss needs of a transaction of ours, so that a job commits with the rows that it belongs to. */
export type SqlTransaction = { $queryRawUnsafe<Rows = unknown>(query: string, ...values: unknown[]): Promise<Rows> };

export type RunJob = { runId: RunId };

/** One attempt at a job: completing with it does nothing once another worker took over. */
export type RunAttempt = { id: string; retryCount: number };

const runQueueName = "graft-run";
const workerNamePrefix = "graft-worker";
const deadRunQueueName = "graft-run-dead";

/** A run whose worker ended this often while it worked on this run, with no other cause in sight, is what ends it. */
export const maxCrashes = 3;

/**
 * From this retry on, a run is worked on without any other such run beside it: after two crashes, one of those that
 * were in work each time may be the cause, and this shows which.
 */
const aloneFromRetry = 2;

/**
 * The queue's own limit, behind which a job goes to the dead ones. It counts the crashes that a run only waited through
 * as well, so it is far above `maxCrashes`, which `executeRun` counts.
 */
const maxRetries = 25;

const handBackRetryMs = 200;

/** A busy machine makes a worker late by a second or two. */
const blockedAfterMs = 6_000;

export interface RunQueue {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Adds the job of a run inside the caller's transaction, in its owner's turn; no worker takes it before `startAfter`. */
  enqueue(job: { transaction: SqlTransaction; runId: RunId; ownerId: string; startAfter?: Date }): Promise<void>;
  /** Lets workers take a job now that was to start later; false where there is none. */
  hasten(job: { transaction: SqlTransaction; runId: RunId }): Promise<boolean>;
  /** Completes an attempt inside the caller's transaction; false when another worker holds the job by now. */
  complete(job: { transaction: SqlTransaction; attempt: RunAttempt }): Promise<boolean>;
  /** Works on runs until `stop`. `onDead` hears of runs that the queue gave up. */
  work(options: {
    concurrency: number;
    /** `isAlone`: no other run is in work here that could be what ends this worker. */
    onRun: (run: { runId: RunId; attempt: RunAttempt; isAlone: boolean; signal: AbortSignal }) => Promise<void>;
    onDead: (runId: RunId) => Promise<void>;
  }): Promise<void>;
  /** Hands the jobs of workers that are gone to this one at once. Only where no other worker can be alive. */
  recoverOrphans(): Promise<number>;
  /**
   * Worker processes that are connected to the database now; `blocked` are those of them whose main thread has asked
   * nothing for some seconds, although each looks for lost heartbeats every second.
   */
  countWorkers(): Promise<{ connected: number; blocked: number }>;
}

/**
 * Runs as pg-boss jobs on the database that holds them. `role` tells a process that only sends from one that works:
 * only workers watch for lost heartbeats.
 */
export function createRunQueue({
  connectionString,
  role,
  onError,
}: {
  connectionString: string;
  role: "sender" | "worker";
  onError: (error: Error) => void;
}): RunQueue {
  const isWorker = role === "worker";
  const boss = new PgBoss({
    connectionString,
    // PostgreSQL drops a session with its process, so that its name in pg_stat_activity is a sign of life.
    application_name: isWorker ? `${workerNamePrefix}-${hostname()}-${process.pid}`.slice(0, 63) : "graft-web",
    max: isWorker ? 6 : 2,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: isWorker,
    useListenNotify: isWorker,
    // With the defaults, the job of a killed worker waited 30 s for the next look.
    ...(isWorker ? { superviseIntervalSeconds: 1, monitorIntervalSeconds: 1, queueCacheIntervalSeconds: 5 } : {}),
    persistWarnings: false,
  });
  boss.on("error", onError);
  const stopping = new AbortController();

  /**
   * Owners take turns (start-time fair queueing): an owner's run comes one turn behind that owner's last, and no
   * earlier than the last turn that was begun; ended jobs stay for a day, so that both are known of an owner who always
   * has one run. So a run waits for one of each other owner at most, and an owner who is alone has every slot. Two
   * requests of one owner at once may get the same turn, which only makes them as quick as each other.
   */
  const chooseTurn = async ({
    db,
    ownerId,
  }: {
    db: ReturnType<typeof fromPrisma>;
    ownerId: string;
  }): Promise<number> => {
    const { rows } = await db.executeSql(
      `SELECT greatest(coalesce(max(-priority) FILTER (WHERE started_on IS NOT NULL), 0), coalesce(max(1 - priority) FILTER (WHERE group_id = $2), 0)) AS turn
       FROM pgboss.job WHERE name = $1`,
      [runQueueName, ownerId],
    );
    return Number(rows[0]?.turn ?? 0);
  };

  let lastAlone = Promise.resolve();
  /** After whatever works alone now has ended. */
  const workAlone = (run: () => Promise<void>): Promise<void> => {
    const result = lastAlone.then(run);
    lastAlone = result.catch(() => undefined);
    return result;
  };

  /**
   * Gives up an attempt as soon as the database takes it: pg-boss tries once, and a run whose database had gone then
   * waited 10 s for its heartbeat to run out. Fenced, so it does nothing once another worker holds the job.
   */
  const handBack = async ({ attempt, error }: { attempt: RunAttempt; error: unknown }): Promise<void> => {
    const reason = { message: error instanceof Error ? error.message : String(error) };
    while (!stopping.signal.aborted) {
      const isTaken = await boss.fail(runQueueName, attempt, reason).then(
        () => true,
        () => false,
      );
      if (isTaken) return;
      await delay(handBackRetryMs);
    }
  };

  return {
    async start() {
      await boss.start();
      await boss.createQueue(deadRunQueueName, { retryLimit: 5, retryDelay: 1 });
      await boss.createQueue(runQueueName, {
        notify: true,
        heartbeatSeconds: 10,
        expireInSeconds: 6 * 3_600,
        retryLimit: maxRetries,
        retryDelay: 0,
        deadLetter: deadRunQueueName,
        deleteAfterSeconds: 24 * 3_600,
      });
    },
    async stop() {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: 10_000, close: true });
    },
    async enqueue({ transaction, runId, ownerId, startAfter }) {
      const db = fromPrisma(transaction);
      const turn = await chooseTurn({ db, ownerId });
      // Given with each job too, because the settings of a queue that is there already are kept.
      await boss.send(runQueueName, { runId } satisfies RunJob, {
        db,
        retryLimit: maxRetries,
        group: { id: ownerId },
        priority: -turn,
        ...(startAfter === undefined ? {} : { startAfter }),
      });
    },
    async hasten({ transaction, runId }) {
      const { rows } = await fromPrisma(transaction).executeSql(
        `UPDATE pgboss.job SET start_after = now() WHERE name = $1 AND state < 'active' AND start_after > now() AND data ->> 'runId' = $2 RETURNING id`,
        [runQueueName, runId],
      );
      return rows.length > 0;
    },
    async complete({ transaction, attempt }) {
      // pg-boss answers with the count; its published type leaves the fields out.
      const response = (await boss.complete(runQueueName, attempt, null, { db: fromPrisma(transaction) })) as {
        affected: number;
      };
      return response.affected === 1;
    },
    async work({ concurrency, onRun, onDead }) {
      const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
      let inWork = 0;
      for (let slot = 0; slot < concurrency; slot += 1) {
        const workerId = await boss.work<RunJob>(
          runQueueName,
          { ...polling, batchSize: 1, heartbeatRefreshSeconds: 3 },
          async (jobs) => {
            // It would sleep out its second behind a short run, while others wait: at most one run a second and slot.
            boss.notifyWorker(workerId);
            for (const { id, retryCount, data, signal } of jobs) {
              const attempt = { id, retryCount };
              const isSuspect = retryCount >= aloneFromRetry;
              const run = async () => {
                const isAlone = isSuspect || inWork === 0;
                inWork += 1;
                await onRun({ runId: data.runId, attempt, isAlone, signal }).finally(() => (inWork -= 1));
              };
              await (isSuspect ? workAlone(run) : run()).catch(async (error: unknown) => {
                await handBack({ attempt, error });
                throw error;
              });
            }
          },
        );
      }
      await boss.work<RunJob>(deadRunQueueName, polling, async (jobs) => {
        for (const { data } of jobs) await onDead(data.runId);
      });
    },
    async recoverOrphans() {
      const { rows } = await boss
        .getDb()
        .executeSql(`SELECT id, retry_count FROM pgboss.job WHERE name = $1 AND state = 'active'`, [runQueueName]);
      for (const row of rows)
        await boss.fail(
          runQueueName,
          { id: String(row.id), retryCount: Number(row.retry_count) },
          { message: "The worker stopped." },
        );
      return rows.length;
    },
    async countWorkers() {
      const { rows } = await boss.getDb().executeSql(
        `SELECT count(*)::int AS connected, count(*) FILTER (WHERE "lastQuery" < clock_timestamp() - make_interval(secs => $2))::int AS blocked
         FROM (SELECT max(greatest(query_start, state_change)) AS "lastQuery" FROM pg_stat_activity
               WHERE datname = current_database() AND application_name LIKE $1 GROUP BY application_name) AS worker`,
        [`${workerNamePrefix}-%`, blockedAfterMs / 1_000],
      );
      return { connected: Number(rows[0]?.connected ?? 0), blocked: Number(rows[0]?.blocked ?? 0) };
    },
  };
}
