import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { countProcesses } from "#server/testing/count-processes.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";

const { run, directory, reason, remove } = await openTestSandbox();
afterAll(remove);

/** Leaves a background process that has closed all files and left its session. */
const leaveBehind = (mark: string) => `setsid sh -c 'exec >/dev/null 2>&1; sleep ${mark}' & sleep 0.3`;

const countSleeping = (command: string) => countProcesses((line) => line === command);

describe.skipIf(reason !== null)(`the end of a sandbox${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("is the end of its command, with its exit code and both outputs", async () => {
    const { end, output } = await run("echo out; sleep 0.05; echo err >&2; exit 3");
    expect(end).toEqual({ status: "exited", exitCode: 3 });
    expect(output).toBe("out\nerr\n");
  });

  test("leaves no background process of the command", async () => {
    const { end } = await run(leaveBehind("4501"));
    expect(end).toEqual({ status: "exited", exitCode: 0 });
    expect(await countSleeping("sleep 4501")).toBe(0);
  });

  test("comes at the time limit, and leaves nothing", async () => {
    const { end } = await run(`${leaveBehind("4502")}; sleep 4502`, { limits: { timeoutMs: 1_000 } });
    expect(end).toEqual({ status: "limited", limit: "time" });
    expect(await countSleeping("sleep 4502")).toBe(0);
  });

  test("comes on cancellation, and leaves nothing", async () => {
    const cancelling = new AbortController();
    const { end } = await run(`${leaveBehind("4503")}; echo ready; sleep 4503`, {
      signal: cancelling.signal,
      onOutput: () => cancelling.abort(),
    });
    expect(end).toEqual({ status: "cancelled" });
    expect(await countSleeping("sleep 4503")).toBe(0);
    expect((await run("true", { signal: cancelling.signal })).end).toEqual({ status: "cancelled" });
  });

  test("leaves nothing when cancelled at any moment of the start", async () => {
    for (let delayMs = 0; delayMs < 30; delayMs += 1) {
      const cancelling = new AbortController();
      const ending = run("sleep 4505", { signal: cancelling.signal });
      setTimeout(() => cancelling.abort(), delayMs);
      expect((await ending).end).toEqual({ status: "cancelled" });
      expect(await countSleeping("sleep 4505")).toBe(0);
      expect(await countProcesses((line) => line.includes(directory))).toBe(0);
    }
  });

  test("comes when the parent process is killed with kill -9", async () => {
    const program = `
      const { openTestSandbox } = await import(${JSON.stringify(fileURLToPath(new URL("../testing/open-test-sandbox.ts", import.meta.url)))});
      const { run } = await openTestSandbox();
      await run(${JSON.stringify(`${leaveBehind("4504")}; echo ready; sleep 4504`)}, { onOutput: () => console.log("ready") });`;
    const asker = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: directory },
    });
    await once(asker.stdout, "data");
    expect(await countSleeping("sleep 4504")).toBeGreaterThan(0);
    asker.kill("SIGKILL");
    await expect.poll(() => countSleeping("sleep 4504"), { timeout: 10_000 }).toBe(0);
  });
});
