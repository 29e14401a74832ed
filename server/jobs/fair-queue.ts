import { setTimeout as delay } from "node:timers/promises";
import { fromPrisma } from "pg-boss";
import type { JobEngine } from "./job-engine.ts";

/** The part of a transaction that pg-boss uses, so that a job commits together with the rows it belongs to. */
export type SqlTransaction = { $queryRawUnsafe<Rows = unknown>(query: string, ...values: unknown[]): Promise<Rows> };

/** One attempt at a job. Completing a job with an attempt that another worker has superseded does nothing. */
export type JobAttempt = { id: string; retryCount: number };

const heartbeatSeconds = 10;
const handBackRetryMs = 200;

/** How often an idle worker asks for a job, with and without a notification. */
export const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
export const heartbeatRefreshSeconds = 3;

type FairQueue<Data extends object> = {
  start(): Promise<void>;
  /** Adds a job in the caller's transaction, at its owner's turn. No worker takes it before `startAfter`. */
  enqueue(job: { transaction: SqlTransaction; data: Data; ownerId: string; startAfter?: Date }): Promise<void>;
  /** Releases a delayed job, found by a field of its data, to the workers now. Returns false if there is none. */
  release(job: { transaction: SqlTransaction; field: string; value: string }): Promise<boolean>;
  /** Completes an attempt in the caller's transaction. Returns false if another worker holds the job. */
  complete(job: { transaction: SqlTransaction; attempt: JobAttempt }): Promise<boolean>;
  /** Releases an attempt that failed, so that another worker can take the job. */
  handBack(job: { attempt: JobAttempt; error: unknown }): Promise<void>;
  /** Takes over the jobs of workers that exited, at once. Call it only if no other worker can be alive. */
  recoverOrphans(): Promise<number>;
};

/** A queue that serves its owners in turn. */
export function createFairQueue<Data extends object>({
  engine: { boss, stopping },
  name,
  deadLetter,
  maxRetries,
}: {
  engine: JobEngine;
  name: string;
  deadLetter: string;
  maxRetries: number;
}): FairQueue<Data> {
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
      [name, ownerId],
    );
    return Number(rows[0]?.turn ?? 0);
  };

  return {
    async start() {
      await boss.createQueue(deadLetter, { retryLimit: 5, retryDelay: 1 });
      await boss.createQueue(name, {
        notify: true,
        heartbeatSeconds,
        expireInSeconds: 6 * 3_600,
        retryLimit: maxRetries,
        retryDelay: 0,
        deadLetter,
        deleteAfterSeconds: 24 * 3_600,
      });
    },
    async enqueue({ transaction, data, ownerId, startAfter }) {
      const db = fromPrisma(transaction);
      const turn = await chooseTurn({ db, ownerId });
      // Repeated with each job, because pg-boss keeps the settings of an existing queue.
      await boss.send(name, data, {
        db,
        retryLimit: maxRetries,
        group: { id: ownerId },
        priority: -turn,
        ...(startAfter === undefined ? {} : { startAfter }),
      });
    },
    async release({ transaction, field, value }) {
      const { rows } = await fromPrisma(transaction).executeSql(
        `UPDATE pgboss.job SET start_after = now() WHERE name = $1 AND state < 'active' AND start_after > now() AND data ->> $2 = $3 RETURNING id`,
        [name, field, value],
      );
      return rows.length > 0;
    },
    async complete({ transaction, attempt }) {
      // pg-boss returns the counts; its published type omits the fields.
      const response = (await boss.complete(name, attempt, null, { db: fromPrisma(transaction) })) as {
        affected: number;
      };
      return response.affected === 1;
    },
    async handBack({ attempt, error }) {
      const reason = { message: error instanceof Error ? error.message : String(error) };
      while (!stopping.aborted) {
        const isTaken = await boss.fail(name, attempt, reason).then(
          () => true,
          () => false,
        );
        if (isTaken) return;
        await delay(handBackRetryMs);
      }
    },
    async recoverOrphans() {
      const { rows } = await boss
        .getDb()
        .executeSql(`SELECT id, retry_count FROM pgboss.job WHERE name = $1 AND state = 'active'`, [name]);
      for (const row of rows)
        await boss.fail(
          name,
          { id: String(row.id), retryCount: Number(row.retry_count) },
          { message: "The worker stopped." },
        );
      return rows.length;
    },
  };
}
