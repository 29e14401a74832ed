import { setTimeout as delay } from "node:timers/promises";
import { ensureDatabase } from "#server/database/ensure-database.ts";
import { migrate } from "#server/database/migrate.ts";
import { readEnv } from "#server/env.ts";
import type { Env } from "#server/parse-env.ts";
import { logger } from "#server/logger.ts";
import { awaitDatabaseVariable, type DatabaseMessage } from "./await-database.ts";
import { memoryEnv, previewArgs, webArgs, workerArgs } from "./child-commands.ts";
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
  if (env.role !== "all" && env.databaseUrl === undefined)
    throw new Error(
      `GRAFT_ROLE=${env.role} needs DATABASE_URL: the embedded database serves one host that runs everything.`,
    );
  await serve({ env, stopping });
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

/** The processes load their modules while the database starts: after a power cut, each takes about as long. */
async function serve({ env, stopping }: { env: Env; stopping: AbortSignal }): Promise<void> {
  const opened = Promise.withResolvers<DatabaseMessage>();
  const closing = new AbortController();
  const ending = AbortSignal.any([stopping, closing.signal]);
  const freePort = env.role === "worker" ? Promise.resolve(0) : findFreePort({ host: env.host, port: env.port });
  const starting = freePort.then(
    (port) => startProcesses({ env, port, opened: opened.promise }),
    // Awaiting the port below throws this error, unless the database throws first: if Graft already runs on this data,
    // its message is the better one.
    (): SupervisedProcess[] => [],
  );
  // Asked from the start, because the web process loads the larger part of its modules at its first request.
  const serving = freePort.then(
    (port) => isServing({ env, port, ending, opened: opened.promise }),
    () => false,
  );
  let database: OpenedDatabase | null = null;
  try {
    database = await openDatabase(env);
    const port = await freePort;
    await migrate({ connectionString: database.url });
    if (stopping.aborted) return;
    opened.resolve({ databaseUrl: database.url });
    const processes = await starting;
    if (env.role === "worker") console.log("Graft's worker runs");
    else if (await serving) {
      // Last: its start would take processor time from the two that users wait for.
      processes.push(startPreviews({ env, port, opened: opened.promise }));
      console.log(`Graft is ready on ${addressOf({ env, port })}`);
    }
    await untilAborted(stopping);
  } finally {
    closing.abort();
    await Promise.all((await starting).map((running) => running.stop()));
    await database?.stop();
  }
}

type OpenedDatabase = { url: string; stop(): Promise<void> };

/** The database in DATABASE_URL, or the embedded one, which is started. */
async function openDatabase(env: Env): Promise<OpenedDatabase> {
  if (env.databaseUrl !== undefined) return { url: env.databaseUrl, stop: async () => undefined };
  const { connectionString, stop } = await superviseDatabase({ dataDir: env.dataDir });
  try {
    await ensureDatabase({ adminConnectionString: connectionString("postgres"), name: databaseName });
    return { url: connectionString(databaseName), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type ChildOptions = { env: Env; port: number; opened: Promise<DatabaseMessage> };

function startProcesses(options: ChildOptions): SupervisedProcess[] {
  const { role } = options.env;
  return [...(role === "web" ? [] : [startWorker(options)]), ...(role === "worker" ? [] : [startWeb(options)])];
}

function startWorker({ env, opened }: ChildOptions): SupervisedProcess {
  const isOnlyWorker = env.databaseUrl === undefined;
  return superviseProcess({
    name: "worker",
    args: [...workerArgs],
    env: childEnv({ GRAFT_ONLY_WORKER: isOnlyWorker ? "1" : "0" }),
    message: opened,
    stopTimeoutMs: workerStopTimeoutMs,
    silenceLimitMs: workerSilenceLimitMs,
  });
}

function startWeb({ env, port, opened }: ChildOptions): SupervisedProcess {
  return superviseProcess({
    name: "web",
    args: webArgs({ host: env.host, port }),
    env: childEnv({ PORT: String(port) }),
    message: opened,
    stopTimeoutMs: webStopTimeoutMs,
    silenceLimitMs: webSilenceLimitMs,
  });
}

/** On the host of the web process, because the same browser opens both. */
function startPreviews({ port, opened }: ChildOptions): SupervisedProcess {
  return superviseProcess({
    name: "previews",
    args: [...previewArgs],
    env: childEnv({ PORT: String(port) }),
    message: opened,
    stopTimeoutMs: previewStopTimeoutMs,
    silenceLimitMs: webSilenceLimitMs,
  });
}

function childEnv(values: Record<string, string>): NodeJS.ProcessEnv {
  return { ...memoryEnv, ...process.env, NODE_ENV: "production", [awaitDatabaseVariable]: "1", ...values };
}

/**
 * Resolves to true once the web process answers, and to false if `ending` comes first.
 *
 * @throws Error with a message if it does not within a minute after the database was opened
 */
async function isServing({
  env,
  port,
  ending,
  opened,
}: Pick<ChildOptions, "env" | "port" | "opened"> & { ending: AbortSignal }): Promise<boolean> {
  let deadlineMs = Number.POSITIVE_INFINITY;
  void opened.then(() => (deadlineMs = Date.now() + readyTimeoutMs));
  for (; !ending.aborted; await delay(50)) {
    const response = await fetch(`${addressOf({ env, port })}/api/health`, { signal: ending }).catch(() => null);
    if (response?.ok === true) return true;
    if (Date.now() > deadlineMs)
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
