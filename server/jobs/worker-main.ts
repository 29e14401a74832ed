import { once } from "node:events";
import { createContainer, type Container } from "#server/container.ts";
import { readEnv } from "#server/env.ts";
import type { Env } from "#server/parse-env.ts";
import { logger } from "#server/logger.ts";
import { executeCheck } from "#server/services/checks/execute-check.ts";
import { giveUpCheck } from "#server/services/checks/give-up-check.ts";
import { watchNewVersions } from "#server/services/checks/watch-new-versions.ts";
import { executeRun } from "#server/services/runs/working/execute-run.ts";
import { giveUpRun } from "#server/services/runs/working/give-up-run.ts";
import { awaitDatabase } from "#server/supervisor/await-database.ts";
import { surviveLostSessions } from "#server/database/survive-lost-sessions.ts";

/**
 * A worker process: takes runs from the queue until a signal arrives or its parent process exits. It then passes its
 * active runs on to other workers.
 */
async function main(): Promise<void> {
  const env = readEnv();
  const connectionString = await awaitDatabase(env.databaseUrl);
  if (connectionString === undefined)
    throw new Error("A worker needs DATABASE_URL: the database that it shares with the web process.");
  surviveLostSessions();
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
  process.once("disconnect", () => stopping.abort());
  // The parent may have exited before this line was reached.
  if (process.connected === false) stopping.abort();

  const container = await createContainer({ connectionString, role: "worker" });
  if (env.isOnlyWorker) {
    const orphanCount = await container.queue.recoverOrphans();
    if (orphanCount > 0) logger.info({ orphanCount }, "took over the runs of a worker that is gone");
  }
  await startChecks({ container, env, stopping: stopping.signal });
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

/** Checks have their own slots; with none, this worker leaves checks to others. */
async function startChecks({
  container,
  env,
  stopping,
}: {
  container: Container;
  env: Env;
  stopping: AbortSignal;
}): Promise<void> {
  if (env.checkConcurrency === 0) return;
  if (env.isOnlyWorker) await container.checkQueue.recoverOrphans();
  await container.checkQueue.work({
    concurrency: env.checkConcurrency,
    onCheck: ({ checkRunId, attempt, signal }) =>
      executeCheck({ container, checkRunId, attempt, stopping: AbortSignal.any([stopping, signal]) }),
    onDead: (checkRunId) => giveUpCheck({ container, checkRunId }),
  });
  watchNewVersions({ container, signal: stopping }).catch((error: unknown) =>
    logger.error({ err: error }, "new versions are not given their checks"),
  );
}

try {
  await main();
} catch (error) {
  // The supervisor restarts the worker. The handler of uncaught errors would keep it running without a session, and
  // idle.
  logger.fatal({ err: error }, "the worker did not start");
  process.exit(1);
}
