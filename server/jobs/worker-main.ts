import { once } from "node:events";
import { createContainer } from "#server/container.ts";
import { readEnv } from "#server/env.ts";
import { logger } from "#server/logger.ts";
import { executeRun } from "#server/services/runs/execute-run.ts";
import { giveUpRun } from "#server/services/runs/give-up-run.ts";
import { surviveLostSessions } from "#server/database/survive-lost-sessions.ts";

/**
 * A worker process: takes runs from the queue until a signal arrives or the process that started it exits. It hands the
 * runs that it is working on to other workers.
 */
async function main(): Promise<void> {
  const env = readEnv();
  if (env.databaseUrl === undefined)
    throw new Error("A worker needs DATABASE_URL: the database that it shares with the web process.");
  surviveLostSessions();
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
  process.once("disconnect", () => stopping.abort());
  // The parent may have exited before this line was reached.
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
  // A listener for `disconnect` keeps the channel to the parent open, and so keeps this process running.
  if (process.connected) process.disconnect();
}

try {
  await main();
} catch (error) {
  // The supervisor restarts the worker. The handler of uncaught errors would keep it running without a session, and
  // idle.
  logger.fatal({ err: error }, "the worker did not start");
  process.exit(1);
}
