import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { awaitDatabaseVariable, type DatabaseMessage } from "./await-database.ts";
import { superviseProcess } from "./supervise-process.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "graft-process-"));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A process that prints its pid on its own line and then runs `rest`. */
function writeScript(rest: string): { args: string[]; readPids(): number[] } {
  const log = join(directory, "pids");
  const script = join(directory, "child.mjs");
  writeFileSync(log, "");
  writeFileSync(
    script,
    `import { appendFileSync } from "node:fs";\nappendFileSync(${JSON.stringify(log)}, process.pid + "\\n");\n${rest}`,
  );
  return { args: [script], readPids: () => readFileSync(log, "utf8").split("\n").filter(Boolean).map(Number) };
}

const env = process.env;

test("restarts a process that exits by itself, with growing delays", async () => {
  const { args, readPids } = writeScript("process.exit(1);");
  const startedAt = Date.now();
  const supervised = superviseProcess({ name: "crasher", args, env, stopTimeoutMs: 1_000, silenceLimitMs: 60_000 });
  await expect.poll(() => readPids().length, { timeout: 10_000 }).toBe(4);
  expect(Date.now() - startedAt).toBeGreaterThan(100 + 200 + 400);
  await supervised.stop();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(readPids()).toHaveLength(4);
});

test("kills a process that ignores SIGTERM, after the grace period", async () => {
  const { args, readPids } = writeScript(`process.on("SIGTERM", () => {}); setInterval(() => {}, 1_000);`);
  const supervised = superviseProcess({ name: "deaf", args, env, stopTimeoutMs: 300, silenceLimitMs: 60_000 });
  await expect.poll(() => readPids().length, { timeout: 5_000 }).toBe(1);
  await supervised.stop();
  expect(() => process.kill(readPids()[0] ?? -1, 0)).toThrow("ESRCH");
});

test("replaces a process whose event loop is blocked, and no process that is only idle", async () => {
  const heartbeats = ["--import", new URL("send-heartbeats.ts", import.meta.url).href];
  const blocked = writeScript("setTimeout(() => { for (;;); }, 500);");
  const supervised = superviseProcess({
    name: "blocked",
    args: [...heartbeats, ...blocked.args],
    env,
    stopTimeoutMs: 300,
    silenceLimitMs: 2_000,
  });
  await expect.poll(() => blocked.readPids().length, { timeout: 20_000 }).toBe(3);
  await supervised.stop();

  const idle = writeScript("setInterval(() => {}, 60_000);");
  const left = superviseProcess({
    name: "idle",
    args: [...heartbeats, ...idle.args],
    env,
    stopTimeoutMs: 300,
    silenceLimitMs: 2_000,
  });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await left.stop();
  expect(idle.readPids()).toHaveLength(1);
});

test("a process loads its modules, waits for its database, and so does its replacement", async () => {
  const awaitDatabase = new URL("await-database.ts", import.meta.url).href;
  const { args, readPids } = writeScript(
    `import { awaitDatabase } from ${JSON.stringify(awaitDatabase)};
     appendFileSync(${JSON.stringify(join(directory, "databases"))}, await awaitDatabase("not this one") + "\\n");
     process.exit(1);`,
  );
  const database = Promise.withResolvers<DatabaseMessage>();
  const supervised = superviseProcess({
    name: "early",
    args: ["--import", awaitDatabase, ...args],
    env: { ...env, [awaitDatabaseVariable]: "1" },
    message: database.promise,
    stopTimeoutMs: 1_000,
    silenceLimitMs: 60_000,
  });
  await expect.poll(() => readPids().length, { timeout: 10_000 }).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(existsSync(join(directory, "databases"))).toBe(false);
  database.resolve({ databaseUrl: "postgresql://opened" });
  await expect.poll(() => readPids().length, { timeout: 10_000 }).toBe(3);
  await supervised.stop();
  expect(new Set(readFileSync(join(directory, "databases"), "utf8").trim().split("\n"))).toEqual(
    new Set(["postgresql://opened"]),
  );
});

test("a process that waits for its database exits with its supervisor, and one without a supervisor does not wait", async () => {
  const awaitDatabase = new URL("await-database.ts", import.meta.url).href;
  const { args, readPids } = writeScript(
    `import { awaitDatabase } from ${JSON.stringify(awaitDatabase)};\nconsole.log(await awaitDatabase("given"));`,
  );
  const orphan = spawn(process.execPath, ["--import", awaitDatabase, ...args], {
    env: { ...env, [awaitDatabaseVariable]: "1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await expect.poll(() => readPids().length, { timeout: 10_000 }).toBe(1);
  orphan.disconnect();
  expect(await once(orphan, "exit")).toEqual([1, null]);

  const alone = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(alone.stdout).toBe("given\n");
});

test("a process notices that its supervisor was killed", async () => {
  const exitWithParent = new URL("exit-with-parent.ts", import.meta.url).href;
  const { args, readPids } = writeScript("setInterval(() => {}, 1_000);");
  const childArgs = JSON.stringify(["--import", exitWithParent, ...args]);
  const supervisor = spawn(process.execPath, [
    "--input-type=module-typescript",
    "--eval",
    `import { superviseProcess } from "#server/supervisor/supervise-process.ts";
     superviseProcess({ name: "child", args: ${childArgs}, env: process.env, stopTimeoutMs: 1_000, silenceLimitMs: 60_000 });`,
  ]);
  try {
    await expect.poll(() => readPids().length, { timeout: 5_000 }).toBe(1);
  } finally {
    supervisor.kill("SIGKILL");
  }
  // The child has the other end of the supervisor's standard error, which closes when both are gone.
  await once(supervisor, "close", { signal: AbortSignal.timeout(4_000) });
});
