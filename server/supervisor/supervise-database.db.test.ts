import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { superviseDatabase } from "./supervise-database.ts";

let dataDir = "";

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "graft-sv-"));
  // PostgreSQL's user enters it too, when root runs the tests.
  await chmod(dataDir, 0o711);
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function ask(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a killed server comes back with everything that it acknowledged", async () => {
  const database = await superviseDatabase({ dataDir });
  const connectionString = database.connectionString("postgres");
  try {
    await ask(connectionString, "CREATE TABLE kept (value int)");
    for (const value of [1, 2, 3]) {
      await ask(connectionString, `INSERT INTO kept VALUES (${value})`);
      const [pid] = (await readFile(join(dataDir, "postgres/cluster/postmaster.pid"), "utf8")).split("\n");
      process.kill(Number(pid), "SIGKILL");
      await expect
        .poll(() => ask(connectionString, "SELECT count(*)::int AS count FROM kept"), { timeout: 20_000, interval: 20 })
        .toEqual([{ count: value }]);
    }
  } finally {
    await database.stop();
  }
  await expect(ask(connectionString, "SELECT 1")).rejects.toThrow(/ENOENT|ECONNREFUSED/);
});

test("a second supervisor is told who owns the directory, and the first continues", async () => {
  const database = await superviseDatabase({ dataDir });
  try {
    await expect(superviseDatabase({ dataDir })).rejects.toThrow(
      `Graft already runs on ${dataDir} (process ${process.pid}). Stop that one first`,
    );
    expect(await ask(database.connectionString("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  } finally {
    await database.stop();
  }
});

test("a server whose supervisor was killed is adopted", async () => {
  const script = `
    import { superviseDatabase } from "#server/supervisor/supervise-database.ts";
    await superviseDatabase({ dataDir: ${JSON.stringify(dataDir)} });
    process.kill(process.pid, "SIGKILL");
  `;
  expect(
    spawnSync(process.execPath, ["--input-type=module-typescript", "--eval", script], { encoding: "utf8" }),
  ).toMatchObject({ signal: "SIGKILL" });
  const pidFile = join(dataDir, "postgres/cluster/postmaster.pid");
  const orphan = (await readFile(pidFile, "utf8")).split("\n")[0];
  const database = await superviseDatabase({ dataDir });
  try {
    expect((await readFile(pidFile, "utf8")).split("\n")[0]).toBe(orphan);
  } finally {
    await database.stop();
  }
  await expect(readFile(pidFile)).rejects.toThrow("ENOENT");
});
