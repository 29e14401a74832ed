import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fromPrisma, PgBoss } from "pg-boss";
import type { RunId } from "#lib/contracts/ids.ts";

/** The part of a transaction that pg-boss uses, so that a job commits together with the rows it belongs to. */
export type SqlTransaction = { $queryRawUnsafe<Rows = unknown>(query: string, ...values: unknown[]): Promise<Rows> };

export type RunJob = { runId: RunId };

/** One attempt at a job. Completing a job with an attempt that another worker has superseded does nothing. */
export type RunAttempt = { id: string; retryCount: number };

const runQueueName = "graft-run";
const workerNamePrefix = "graft-worker";
const deadRunQueueName = "graft-run-dead";

/**
 * A run is given up after its worker has crashed this often while it worked on that run and no other cause is in sight.
 */
export const maxCrashes = 3;

/**
 * From this retry on, a worker runs the job alone. After two crashes any of the runs that were active each time may be
 * the cause; running one alone shows which.
 */
const aloneFromRetry = 2;

/**
 * The queue's own limit, after which it moves a job to the dead letter queue. It also counts crashes that another run
 * caused, so it is far above `maxCrashes`, which `executeRun` counts.
 */
const maxRetries = 25;

const handBackRetryMs = 200;

/** A busy machine makes a worker late by a second or two. */
const blockedAfterMs = 6_000;

export interface RunQueue {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Adds the job of a run in the caller's transaction, at its owner's turn. No worker takes it before `startAfter`. */
  enqueue(job: { transaction: SqlTransaction; runId: RunId; ownerId: string; startAfter?: Date }): Promise<void>;
  /** Releases a delayed job to the workers now. Returns false where there is none. */
  hasten(job: { transaction: SqlTransaction; runId: RunId }): Promise<boolean>;
  /** Completes an attempt in the caller's transaction. Returns false if another worker holds the job. */
  complete(job: { transaction: SqlTransaction; attempt: RunAttempt }): Promise<boolean>;
  /** Works on runs until `stop` is called. `onDead` receives the runs that the queue gave up. */
  work(options: {
    concurrency: number;
    /** `isAlone`: this worker runs nothing else, so no other run can be the cause of a crash. */
    onRun: (run: { runId: RunId; attempt: RunAttempt; isAlone: boolean; signal: AbortSignal }) => Promise<void>;
    onDead: (runId: RunId) => Promise<void>;
  }): Promise<void>;
  /** Takes over the jobs of workers that exited, at once. Call it only where no other worker can be alive. */
  recoverOrphans(): Promise<number>;
  /**
   * Counts the worker processes that are connected to the database. `blocked` counts those that have sent no query for
   * some seconds, although each worker polls every second.
   */
  countWorkers(): Promise<{ connected: number; blocked: number }>;
}

/**
 * Stores runs as pg-boss jobs in the database that holds their rows. A process with the role `sender` only adds jobs;
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
    // PostgreSQL ends a session when its process exits, so the name in pg_stat_activity shows that the process is
    // alive.
    application_name: isWorker ? `${workerNamePrefix}-${hostname()}-${process.pid}`.slice(0, 63) : "graft-web",
    max: isWorker ? 6 : 2,
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: isWorker,
    useListenNotify: isWorker,
    // With pg-boss's defaults, the job of a killed worker waited 30 s until the next check.
    ...(isWorker ? { superviseIntervalSeconds: 1, monitorIntervalSeconds: 1, queueCacheIntervalSeconds: 5 } : {}),
    persistWarnings: false,
  });
  boss.on("error", onError);
  const stopping = new AbortController();

  /**
   * Owners take turns (start-time fair queueing). An owner's run gets the turn after that owner's last run, and at
   * least the last turn that was started. Completed jobs are kept for a day, so both numbers are known even for an
   * owner with one run at a time. A run therefore waits for at most one run of each other owner, and a single owner
   * uses every slot. Two simultaneous requests of one owner may get the same turn, which is harmless.
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
  /** Starts after the run that currently works alone. */
  const workAlone = (run: () => Promise<void>): Promise<void> => {
    const result = lastAlone.then(run);
    lastAlone = result.catch(() => undefined);
    return result;
  };

  /**
   * Releases an attempt as soon as the database accepts the statement. pg-boss tries once; when the database was away,
   * the run waited 10 s for its heartbeat to expire. The statement is fenced: it does nothing if another worker holds
   * the job.
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
      // Repeated with each job, because pg-boss keeps the settings of an existing queue.
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
      // pg-boss returns the counts; its published type omits the fields.
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
            // pg-boss would otherwise wait for the rest of its polling second after a short run, so that each slot ran
            // at most one run a second.
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
