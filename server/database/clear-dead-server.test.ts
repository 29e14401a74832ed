import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clearDeadServer } from "./clear-dead-server.ts";
import { readProcess } from "./cluster-processes.ts";

let clusterDir = "";
let started: ChildProcess[] = [];

beforeEach(() => {
  clusterDir = mkdtempSync(join(tmpdir(), "graft-cluster-"));
});
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  started = [];
  rmSync(clusterDir, { recursive: true, force: true });
});

/** Runs a shell script and returns the first line that it prints: the pid it is about. */
async function runScript({ script, cwd = "/" }: { script: string; cwd?: string }): Promise<number> {
  const child = spawn("sh", ["-c", script], { cwd, stdio: ["ignore", "pipe", "ignore"] });
  started.push(child);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return Number.parseInt(String(line), 10);
}

const lock = (pid: number) => writeFileSync(join(clusterDir, "postmaster.pid"), `${pid}\n${clusterDir}\n`);
const isLocked = () => existsSync(join(clusterDir, "postmaster.pid"));

describe.runIf(process.platform === "linux")("clearDeadServer", () => {
  test("a dead server that nobody reaps does not block the next one", async () => {
    const pid = await runScript({ script: "sh -c 'echo $$; exit' & exec sleep 60" });
    await expect.poll(async () => (await readProcess(pid))?.isZombie, { timeout: 5_000 }).toBe(true);
    lock(pid);
    await clearDeadServer({ clusterDir });
    expect(isLocked()).toBe(false);
  });

  test("a lock of a process that is another program by now is removed, and the process is left alone", async () => {
    const pid = await runScript({ script: "echo $$; exec sleep 60" });
    lock(pid);
    await clearDeadServer({ clusterDir });
    expect(isLocked()).toBe(false);
    expect((await readProcess(pid))?.isZombie).toBe(false);
  });

  test("sessions that outlived their server are ended, even if they do not listen", async () => {
    const script = (rest: string) => `sh -c 'trap "" QUIT; echo $$; exec sleep 60' & ${rest}`;
    const orphan = await runScript({ script: script("exit"), cwd: clusterDir });
    await expect.poll(async () => (await readProcess(orphan))?.parentPid, { timeout: 5_000 }).not.toBe(process.pid);
    await clearDeadServer({ clusterDir });
    const left = await readProcess(orphan);
    expect(left === null || left.isZombie).toBe(true);
  });

  test("a living server is left alone, and so is one that a process like this one has just started", async () => {
    const server = await runScript({ script: "echo $$; exec sleep 60", cwd: clusterDir });
    await clearDeadServer({ clusterDir });
    expect((await readProcess(server))?.isZombie).toBe(false);
    lock(server);
    await clearDeadServer({ clusterDir });
    expect((await readProcess(server))?.isZombie).toBe(false);
    expect(isLocked()).toBe(true);
  });
});
