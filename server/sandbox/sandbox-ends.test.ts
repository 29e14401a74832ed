import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, readlink } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";

const { run, directory, reason, remove } = await openTestSandbox();
afterAll(remove);

/** Leaves a process in the background that has closed everything and left its session. */
const leaveBehind = (mark: string) => `setsid sh -c 'exec >/dev/null 2>&1; sleep ${mark}' & sleep 0.3`;

/** Processes of the machine whose command has `mark`. */
async function countProcesses(mark: string): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map(async (pid) => {
      const isProgram = await readlink(`/proc/${pid}/exe`).catch(() => null);
      return isProgram === null ? "" : readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    }),
  );
  return commands.filter((command) => command.includes(mark) && command.startsWith("sleep")).length;
}

describe.skipIf(reason !== null)(`the end of a sandbox${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("is the end of its command, with its code and both outputs", async () => {
    const { end, output } = await run("echo out; sleep 0.05; echo err >&2; exit 3");
    expect(end).toEqual({ status: "exited", exitCode: 3 });
    expect(output).toBe("out\nerr\n");
  });

  test("leaves no process that the command left behind", async () => {
    const { end } = await run(leaveBehind("4501"));
    expect(end).toEqual({ status: "exited", exitCode: 0 });
    expect(await countProcesses("4501")).toBe(0);
  });

  test("comes at its time, and leaves nothing", async () => {
    const { end } = await run(`${leaveBehind("4502")}; sleep 4502`, { limits: { timeoutMs: 1_000 } });
    expect(end).toEqual({ status: "limited", limit: "time" });
    expect(await countProcesses("4502")).toBe(0);
  });

  test("comes when it is cancelled, and leaves nothing", async () => {
    const cancelling = new AbortController();
    const { end } = await run(`${leaveBehind("4503")}; echo ready; sleep 4503`, {
      signal: cancelling.signal,
      onOutput: () => cancelling.abort(),
    });
    expect(end).toEqual({ status: "cancelled" });
    expect(await countProcesses("4503")).toBe(0);
    expect((await run("true", { signal: cancelling.signal })).end).toEqual({ status: "cancelled" });
  });

  test("comes with kill -9 of the process that asked for it", async () => {
    const program = `
      const { openTestSandbox } = await import(${JSON.stringify(fileURLToPath(new URL("../testing/open-test-sandbox.ts", import.meta.url)))});
      const { run } = await openTestSandbox();
      await run(${JSON.stringify(`${leaveBehind("4504")}; echo ready; sleep 4504`)}, { onOutput: () => console.log("ready") });`;
    const asker = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: directory },
    });
    await once(asker.stdout, "data");
    expect(await countProcesses("4504")).toBeGreaterThan(0);
    asker.kill("SIGKILL");
    await expect.poll(() => countProcesses("4504"), { timeout: 10_000 }).toBe(0);
  });
});
