import { createRequire } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "#server/database/embedded-postgres.ts";
import { ensureDatabase } from "#server/database/ensure-database.ts";
import { migrate } from "#server/database/migrate.ts";
import { readEnv } from "#server/env.ts";
import { findFreePort } from "./find-free-port.ts";
import { lockDataDir } from "./lock-data-dir.ts";
import { superviseProcess } from "./supervise-process.ts";
import type { SupervisedProcess } from "./supervise-process.ts";

const databaseName = "graft";
const readyTimeoutMs = 60_000;

const projectDir = fileURLToPath(new URL("../../", import.meta.url));
const nextBin = createRequire(import.meta.url).resolve("next/dist/bin/next");
const exitWithParent = new URL("exit-with-parent.ts", import.meta.url).href;
const workerEntry = fileURLToPath(new URL("../jobs/worker-main.ts", import.meta.url));

/** Stopped together, before what they stand on: Ctrl-C reaches them too, and none may be taken for crashed. */
const processes: SupervisedProcess[] = [];

/** What the processes stand on, started in order and stopped in the reverse one. */
const stops: (() => Promise<void>)[] = [];

/** `npm start`: the database, the web process and a worker, by GRAFT_ROLE, until a signal comes. */
async function main(): Promise<void> {
  const env = readEnv();
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  const isEmbedded = env.databaseUrl === undefined;
  if (isEmbedded && env.role !== "all") throw new Error(`GRAFT_ROLE=${env.role} needs DATABASE_URL: the embedded database serves one host that runs everything.`);
  const databaseUrl = env.databaseUrl ?? (await startDatabase(env.dataDir));
  await migrate({ connectionString: databaseUrl });
  const shared = { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: "production" as const };
  if (env.role !== "web") {
    processes.push(superviseProcess({ name: "worker", args: [workerEntry], env: { ...shared, GRAFT_ONLY_WORKER: isEmbedded ? "1" : "0" } }));
  }
  if (env.role !== "worker") {
    const port = await findFreePort({ host: env.host, port: env.port });
    processes.push(superviseProcess({ name: "web", args: ["--import", exitWithParent, nextBin, "start", projectDir, "--hostname", env.host, "--port", String(port)], env: { ...shared, PORT: String(port) } }));
    const address = `http://${env.host.includes(":") ? `[${env.host}]` : env.host}:${port}`;
    if (await Promise.race([waitUntilHealthy(address), signalled.then(() => false)])) console.log(`Graft is ready on ${address}`);
  } else console.log("Graft's worker is ready");
  await signalled;
}

async function startDatabase(dataDir: string): Promise<string> {
  const lock = await lockDataDir(dataDir);
  stops.push(() => lock.release());
  const server = await startEmbeddedPostgres({ dataDir });
  stops.push(() => server.stop());
  await ensureDatabase({ adminConnectionString: server.connectionString("postgres"), name: databaseName });
  return server.connectionString(databaseName);
}

async function waitUntilHealthy(address: string): Promise<boolean> {
  for (const startedAt = Date.now(); Date.now() - startedAt < readyTimeoutMs; await delay(50)) {
    const response = await fetch(`${address}/api/health`).catch(() => null);
    if (response?.ok === true) return true;
  }
  throw new Error("Graft did not become ready within a minute. Its log above says why. Your data is untouched.");
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await Promise.all(processes.map((process) => process.stop()));
for (const stop of stops.toReversed()) await stop().catch((error: unknown) => console.error(error));
