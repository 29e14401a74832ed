import type { RunId } from "#lib/contracts/ids.ts";
import {
  createFairQueue,
  heartbeatRefreshSeconds,
  polling,
  type JobAttempt,
  type SqlTransaction,
} from "./fair-queue.ts";
import { workerNamePrefix, type JobEngine } from "./job-engine.ts";

type RunJob = { runId: RunId };

export type RunAttempt = JobAttempt;

const runQueueName = "graft-run";
const deadRunQueueName = "graft-run-dead";

/**
 * A run is given up after its worker has crashed this often while it worked on that run and without another known
 * cause.
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

/** A busy machine makes a worker late by a second or two. */
const blockedAfterMs = 6_000;

export interface RunQueue {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Adds the job of a run in the caller's transaction, at its owner's turn. No worker takes it before `startAfter`. */
  enqueue(job: { transaction: SqlTransaction; runId: RunId; ownerId: string; startAfter?: Date }): Promise<void>;
  /** Releases a delayed job to the workers now. Returns false if there is none. */
  release(job: { transaction: SqlTransaction; runId: RunId }): Promise<boolean>;
  /** Completes an attempt in the caller's transaction. Returns false if another worker holds the job. */
  complete(job: { transaction: SqlTransaction; attempt: RunAttempt }): Promise<boolean>;
  /** Works on runs until `stop` is called. `onDead` receives the runs that the queue gave up. */
  work(options: {
    concurrency: number;
    /** `isAlone`: this worker runs nothing else, so no other run can be the cause of a crash. */
    onRun: (run: { runId: RunId; attempt: RunAttempt; isAlone: boolean; signal: AbortSignal }) => Promise<void>;
    onDead: (runId: RunId) => Promise<void>;
  }): Promise<void>;
  /** Takes over the jobs of workers that exited, at once. Call it only if no other worker can be alive. */
  recoverOrphans(): Promise<number>;
  /**
   * Counts the worker processes that are connected to the database. `blocked` counts those that have sent no query for
   * some seconds, although each worker polls every second.
   */
  countWorkers(): Promise<{ connected: number; blocked: number }>;
}

/** Stores runs as jobs in the database that holds their rows. */
export function createRunQueue({ engine }: { engine: JobEngine }): RunQueue {
  const { boss } = engine;
  const queue = createFairQueue<RunJob>({ engine, name: runQueueName, deadLetter: deadRunQueueName, maxRetries });

  let lastAlone = Promise.resolve();
  /** Starts after the run that currently works alone. */
  const workAlone = (run: () => Promise<void>): Promise<void> => {
    const result = lastAlone.then(run);
    lastAlone = result.catch(() => undefined);
    return result;
  };

  return {
    async start() {
      await engine.start();
      await queue.start();
    },
    stop: () => engine.stop(),
    enqueue: ({ runId, ...job }) => queue.enqueue({ ...job, data: { runId } }),
    release: ({ transaction, runId }) => queue.release({ transaction, field: "runId", value: runId }),
    complete: (job) => queue.complete(job),
    async work({ concurrency, onRun, onDead }) {
      let inWork = 0;
      for (let slot = 0; slot < concurrency; slot += 1) {
        const workerId = await boss.work<RunJob>(
          runQueueName,
          { ...polling, batchSize: 1, heartbeatRefreshSeconds },
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
                await queue.handBack({ attempt, error });
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
    recoverOrphans: () => queue.recoverOrphans(),
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
