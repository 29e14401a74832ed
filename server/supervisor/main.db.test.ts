import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmptyTestDatabase } from "#server/testing/test-database.ts";

const entry = fileURLToPath(new URL("main.ts", import.meta.url));
const endTimeoutMs = 15_000;

let connectionString = "";
let drop = async () => {};

beforeEach(async () => {
  ({ connectionString, drop } = await createEmptyTestDatabase());
});

afterEach(() => drop());

type Output = { stdout: string; stderr: string };

function start(env: Record<string, string>): { supervisor: ChildProcess; output: Output } {
  const supervisor = spawn(process.execPath, [entry], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Output = { stdout: "", stderr: "" };
  supervisor.stdout.on("data", (chunk) => (output.stdout += String(chunk)));
  supervisor.stderr.on("data", (chunk) => (output.stderr += String(chunk)));
  return { supervisor, output };
}

/** Resolves when the process and everything that shares its output have ended. */
async function waitUntilGone(supervisor: ChildProcess): Promise<number | null> {
  const [code] = (await once(supervisor, "close", { signal: AbortSignal.timeout(endTimeoutMs) })) as [number | null];
  return code;
}

async function countWorkers(): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'graft-worker-%'`,
    );
    return Math.min(rows.length, 1);
  } finally {
    await client.end();
  }
}

test("a worker host migrates, works, and stops everything at a signal that comes twice", async () => {
  const { supervisor, output } = start({ GRAFT_ROLE: "worker", DATABASE_URL: connectionString });
  await expect.poll(countWorkers, { timeout: 20_000 }).toBe(1);
  supervisor.kill("SIGTERM");
  supervisor.kill("SIGTERM");
  expect(await waitUntilGone(supervisor)).toBe(0);
  expect(output.stdout).toBe("Graft's worker runs\n");
  expect(await countWorkers()).toBe(0);
});

test("nothing continues when the supervisor is killed", async () => {
  const { supervisor } = start({ GRAFT_ROLE: "worker", DATABASE_URL: connectionString });
  await expect.poll(countWorkers, { timeout: 20_000 }).toBe(1);
  supervisor.kill("SIGKILL");
  await waitUntilGone(supervisor);
  expect(await countWorkers()).toBe(0);
});

test.each([
  [
    { GRAFT_ROLE: "web" } as Record<string, string>,
    "GRAFT_ROLE=web needs DATABASE_URL: the embedded database serves one host that runs everything.\n",
  ],
  [
    { PORT: "http" },
    "Graft did not start: PORT is not a whole number from 0 to 65535. .env.example explains each variable.\n",
  ],
  [
    { GRAFT_DATA_DIR: "/proc/graft/data", DATABASE_URL: "", PORT: "0" },
    "The data directory /proc/graft/data cannot be used: /proc/graft cannot be made there. Nothing was changed. Set GRAFT_DATA_DIR to a directory that can be written to, and start again.\n",
  ],
])("does not start with %o and says why", async (env, sentence) => {
  const { supervisor, output } = start(env);
  expect(await waitUntilGone(supervisor)).toBe(1);
  expect(output).toEqual({ stdout: "", stderr: sentence });
});
