import { once } from "node:events";
import { createContainer } from "#server/container.ts";
import { readEnv } from "#server/env.ts";
import { logger } from "#server/logger.ts";
import { executeRun } from "#server/services/runs/execute-run.ts";
import { giveUpRun } from "#server/services/runs/give-up-run.ts";
import { surviveLostSessions } from "#server/database/survive-lost-sessions.ts";

/**
 * A worker process: takes runs from the queue until it is told to stop, by a signal or by the end of the process that
 * started it. Runs in work are handed on, not lost.
 */
async function main(): Promise<void> {
  const env = readEnv();
  if (env.databaseUrl === undefined)
    throw new Error("A worker needs DATABASE_URL: the database that it shares with the web process.");
  surviveLostSessions();
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
  process.once("disconnect", () => stopping.abort());
  // Its end may have come before this line was reached.
  if (process.connected === false) stopping.abort();

  const container = await createContainer({ connectionString: env.databaseUrl, role: "worker" });
  if (env.isOnlyWorker) {
    const orphanCount = await container.queue.recoverOrphans();
    if (orphanCount > 0) logger.info({ orphanCount }, "took over the runs of a worker that is gone");
  }
  await container.queue.work({
    concurrency: env.workerConcurrency,
    onRun: ({ runId, attempt, isAlone, signal }) =>
      executeRun({ container, runId, attempt, isAlone, stopping: AbortSignal.any([stopping.signal, signal]) }),
    onDead: (runId) => giveUpRun({ container, runId }),
  });
  logger.info({ concurrency: env.workerConcurrency }, "worker ready");
  if (!stopping.signal.aborted) await once(stopping.signal, "abort");
  await container.close();
  // A listener for its end keeps the channel to the parent open, and with it this process.
  if (process.connected) process.disconnect();
}

try {
  await main();
} catch (error) {
  // Its supervisor starts it again. Left to the handler of uncaught errors, a lost session would keep it alive, and idle.
  logger.fatal({ err: error }, "the worker did not start");
  process.exit(1);
}
