import { setTimeout as delay } from "node:timers/promises";
import { ensureDatabase } from "#server/database/ensure-database.ts";
import { migrate } from "#server/database/migrate.ts";
import { readEnv, type Env } from "#server/env.ts";
import { logger } from "#server/logger.ts";
import { previewArgs, webArgs, workerArgs } from "./child-commands.ts";
import { findFreePort } from "./find-free-port.ts";
import { superviseDatabase } from "./supervise-database.ts";
import { superviseProcess, type SupervisedProcess } from "./supervise-process.ts";

const databaseName = "graft";
const readyTimeoutMs = 60_000;

/**
 * The worker needs a moment to pass its runs on. The web process waits for open pages and loses nothing when it is
 * killed.
 */
const workerStopTimeoutMs = 12_000;
const webStopTimeoutMs = 2_000;
/** The preview process stops its sandboxes first. The system would end them with it anyway. */
const previewStopTimeoutMs = 8_000;

/** For the whole shutdown: both processes, then the database. */
const stopTimeoutMs = 60_000;

/** Longer than any step of a run takes on a slow machine. A blocked worker does not react to a cancellation either. */
const workerSilenceLimitMs = 15_000;
const webSilenceLimitMs = 30_000;

/** `npm start`: the database, the web process and a worker, by GRAFT_ROLE, until a signal comes. */
async function main(): Promise<void> {
  const stopping = listenForStop();
  const env = readEnv();
  logger.level = env.logLevel;
  if (env.role === "all") return serveAll({ env, stopping });
  if (env.databaseUrl === undefined)
    throw new Error(
      `GRAFT_ROLE=${env.role} needs DATABASE_URL: the embedded database serves one host that runs everything.`,
    );
  await serve({ env, databaseUrl: env.databaseUrl, stopping });
}

/**
 * Aborts on a signal, and when the parent process exits. Ctrl-C may arrive twice: from the terminal and from that
 * process.
 */
function listenForStop(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
    // A step of the start that never returns must not keep the process from exiting.
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  process.once("disconnect", stop);
  return stopping.signal;
}

async function serveAll({ env, stopping }: { env: Env; stopping: AbortSignal }): Promise<void> {
  if (env.databaseUrl !== undefined) return serve({ env, databaseUrl: env.databaseUrl, stopping });
  const database = await superviseDatabase({ dataDir: env.dataDir });
  try {
    await ensureDatabase({ adminConnectionString: database.connectionString("postgres"), name: databaseName });
    await serve({ env, databaseUrl: database.connectionString(databaseName), stopping });
  } finally {
    await database.stop();
  }
}

async function serve({
  env,
  databaseUrl,
  stopping,
}: {
  env: Env;
  databaseUrl: string;
  stopping: AbortSignal;
}): Promise<void> {
  const port = env.role === "worker" ? 0 : await findFreePort({ host: env.host, port: env.port });
  await migrate({ connectionString: databaseUrl });
  if (stopping.aborted) return;
  const processes: SupervisedProcess[] = [];
  try {
    if (env.role !== "web") processes.push(startWorker({ env, databaseUrl }));
    if (env.role !== "worker") processes.push(startWeb({ env, databaseUrl, port }));
    if (env.role === "worker") console.log("Graft's worker runs");
    else if (await isServing({ env, port, stopping })) {
      // Last: its start would take processor time from the two that users wait for.
      processes.push(startPreviews({ databaseUrl, port }));
      console.log(`Graft is ready on ${addressOf({ env, port })}`);
    }
    await untilAborted(stopping);
  } finally {
    await Promise.all(processes.map((running) => running.stop()));
  }
}

function startWorker({ env, databaseUrl }: { env: Env; databaseUrl: string }): SupervisedProcess {
  const isOnlyWorker = env.databaseUrl === undefined;
  return superviseProcess({
    name: "worker",
    args: [...workerArgs],
    env: childEnv({ DATABASE_URL: databaseUrl, GRAFT_ONLY_WORKER: isOnlyWorker ? "1" : "0" }),
    stopTimeoutMs: workerStopTimeoutMs,
    silenceLimitMs: workerSilenceLimitMs,
  });
}

function startWeb({ env, databaseUrl, port }: { env: Env; databaseUrl: string; port: number }): SupervisedProcess {
  return superviseProcess({
    name: "web",
    args: webArgs({ host: env.host, port }),
    env: childEnv({ DATABASE_URL: databaseUrl, PORT: String(port) }),
    stopTimeoutMs: webStopTimeoutMs,
    silenceLimitMs: webSilenceLimitMs,
  });
}

/** On the host of the web process, because the same browser opens both. */
function startPreviews({ databaseUrl, port }: { databaseUrl: string; port: number }): SupervisedProcess {
  return superviseProcess({
    name: "previews",
    args: [...previewArgs],
    env: childEnv({ DATABASE_URL: databaseUrl, PORT: String(port) }),
    stopTimeoutMs: previewStopTimeoutMs,
    silenceLimitMs: webSilenceLimitMs,
  });
}

function childEnv(values: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: "production", ...values };
}

/** Resolves to true once the web process answers, and to false if a stop comes first. */
async function isServing({ env, port, stopping }: { env: Env; port: number; stopping: AbortSignal }): Promise<boolean> {
  for (const startedAt = Date.now(); !stopping.aborted; await delay(50)) {
    const response = await fetch(`${addressOf({ env, port })}/api/health`).catch(() => null);
    if (response?.ok === true) return true;
    if (Date.now() - startedAt > readyTimeoutMs)
      throw new Error("Graft did not become ready within a minute. Its log above says why. Your data is untouched.");
  }
  return false;
}

function addressOf({ env, port }: { env: Env; port: number }): string {
  return `http://${env.host.includes(":") ? `[${env.host}]` : env.host}:${port}`;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// A listener for `disconnect` keeps the channel to the parent open, and so keeps this process running.
if (process.connected) process.disconnect();
