import { hostname } from "node:os";
import { PgBoss } from "pg-boss";

export const workerNamePrefix = "graft-worker";

/**
 * One pg-boss instance per process, on the database that holds the rows of its jobs. Each kind of job has its own
 * queue.
 */
export type JobEngine = {
  boss: PgBoss;
  isWorker: boolean;
  /** Aborts when the engine is told to stop. */
  stopping: AbortSignal;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** A process with the role `sender` only adds jobs; only workers watch for lost heartbeats. */
export function createJobEngine({
  connectionString,
  role,
  onError,
}: {
  connectionString: string;
  role: "sender" | "worker";
  onError: (error: Error) => void;
}): JobEngine {
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
  let starting: Promise<unknown> | null = null;
  let ending: Promise<void> | null = null;
  return {
    boss,
    isWorker,
    stopping: stopping.signal,
    async start() {
      await (starting ??= boss.start());
    },
    async stop() {
      stopping.abort();
      await (ending ??= boss.stop({ graceful: true, timeout: 10_000, close: true }));
    },
  };
}
