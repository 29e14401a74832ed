import {
  createFairQueue,
  heartbeatRefreshSeconds,
  polling,
  type JobAttempt,
  type SqlTransaction,
} from "./fair-queue.ts";
import type { JobEngine } from "./job-engine.ts";

type CheckJob = { checkRunId: string };

const checkQueueName = "graft-check";
const deadCheckQueueName = "graft-check-dead";

/**
 * The queue's own limit. `executeCheck` counts the attempts that ended with their worker, and ends the check far
 * earlier.
 */
const maxRetries = 25;

/** Has slots of its own, so a check that takes minutes delays no run. */
export interface CheckQueue {
  start(): Promise<void>;
  /** Adds the job of a check in the caller's transaction, at its owner's turn. */
  enqueue(job: { transaction: SqlTransaction; checkRunId: string; ownerId: string }): Promise<void>;
  /** Completes an attempt in the caller's transaction. Returns false if another worker holds the job. */
  complete(job: { transaction: SqlTransaction; attempt: JobAttempt }): Promise<boolean>;
  /** Works on checks until the engine stops. `onDead` receives the checks that the queue gave up. */
  work(options: {
    concurrency: number;
    onCheck: (check: { checkRunId: string; attempt: JobAttempt; signal: AbortSignal }) => Promise<void>;
    onDead: (checkRunId: string) => Promise<void>;
  }): Promise<void>;
  /** Takes over the jobs of workers that exited, at once. Call it only if no other worker can be alive. */
  recoverOrphans(): Promise<number>;
}

export function createCheckQueue({ engine }: { engine: JobEngine }): CheckQueue {
  const { boss } = engine;
  const queue = createFairQueue<CheckJob>({ engine, name: checkQueueName, deadLetter: deadCheckQueueName, maxRetries });
  return {
    async start() {
      await engine.start();
      await queue.start();
    },
    enqueue: ({ checkRunId, ...job }) => queue.enqueue({ ...job, data: { checkRunId } }),
    complete: (job) => queue.complete(job),
    async work({ concurrency, onCheck, onDead }) {
      for (let slot = 0; slot < concurrency; slot += 1) {
        const workerId = await boss.work<CheckJob>(
          checkQueueName,
          { ...polling, batchSize: 1, heartbeatRefreshSeconds },
          async (jobs) => {
            // Without this the slot would sleep for a second after each short check.
            boss.notifyWorker(workerId);
            for (const { id, retryCount, data, signal } of jobs) {
              const attempt = { id, retryCount };
              await onCheck({ checkRunId: data.checkRunId, attempt, signal }).catch(async (error: unknown) => {
                await queue.handBack({ attempt, error });
                throw error;
              });
            }
          },
        );
      }
      await boss.work<CheckJob>(deadCheckQueueName, polling, async (jobs) => {
        for (const { data } of jobs) await onDead(data.checkRunId);
      });
    },
    recoverOrphans: () => queue.recoverOrphans(),
  };
}
