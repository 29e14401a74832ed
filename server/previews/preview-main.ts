import { once } from "node:events";
import { createPreviewContainer } from "#server/container.ts";
import { surviveLostSessions } from "#server/database/survive-lost-sessions.ts";
import { readEnv } from "#server/env.ts";
import { logger } from "#server/logger.ts";
import { holdPreviewLock } from "#server/store/previews/hold-preview-lock.ts";
import { awaitDatabase } from "#server/supervisor/await-database.ts";
import { startPreviewService } from "./preview-service.ts";

/**
 * The process that runs previews, until a signal arrives or its parent process exits. The programs run in sandboxes
 * that end with it, even by kill -9.
 */
async function main(): Promise<void> {
  const env = readEnv();
  const connectionString = await awaitDatabase(env.databaseUrl);
  if (connectionString === undefined)
    throw new Error("Previews need DATABASE_URL: the database that they share with the web process.");
  surviveLostSessions();
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  process.once("disconnect", stop);
  // The parent may have exited before this line was reached.
  if (process.connected === false) stop();

  const container = createPreviewContainer({ connectionString });
  const lock = await holdPreviewLock({ database: container.database, signal: stopping.signal });
  if (lock !== null) {
    // A new holder of the lock would run the same rows.
    void lock.lost.then(() => stopping.signal.aborted || process.exit(1));
    const service = await startPreviewService({ container, port: env.previewPort, frameAncestors: listOrigins(env) });
    logger.info({ port: service.port }, "previews ready");
    if (!stopping.signal.aborted) await once(stopping.signal, "abort");
    await service.close();
    await lock.release();
  }
  await container.close();
  // A listener for `disconnect` keeps the channel to the parent open, and so keeps this process running.
  if (process.connected) process.disconnect();
}

/** The origins of Graft's pages: browsers know this host by these names. */
function listOrigins({ host, port }: { host: string; port: number }): string[] {
  const names = new Set(["127.0.0.1", "localhost", host.includes(":") ? `[${host}]` : host]);
  return [...names].map((name) => `http://${name}:${port}`);
}

try {
  await main();
} catch (error) {
  // The supervisor restarts it.
  logger.fatal({ err: error }, "the process that runs previews did not start");
  process.exit(1);
}
