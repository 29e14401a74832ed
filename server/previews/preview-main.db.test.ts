import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PreviewId, PreviewOutput } from "#lib/contracts/versions/preview.ts";
import { countProcesses } from "#server/testing/count-processes.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { askPreview } from "#server/testing/preview-client.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { tinyServer } from "#server/testing/started-previews.ts";

const { reason, directory, remove } = await openTestSandbox();
const entry = fileURLToPath(new URL("preview-main.ts", import.meta.url));

let server: TestServer;
const started: ChildProcess[] = [];
beforeEach(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }), dataDir: directory });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => end(child, "SIGTERM")));
  await server.close();
});
afterAll(remove);

function start(): ChildProcess {
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, DATABASE_URL: server.connectionString, GRAFT_DATA_DIR: directory, LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  started.push(child);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

async function waitFor(previewId: PreviewId, status: PreviewOutput["status"]): Promise<PreviewOutput> {
  const read = () => server.api.preview.get({ previewId });
  await expect.poll(async () => (await read()).status, waiting).toBe(status);
  return read();
}

async function startPreview(): Promise<PreviewOutput> {
  const files = Object.entries(tinyServer("first")).map(([path, text]) => ({ path, text, mode: "100644" as const }));
  const { generationId } = await importTree({ container: server.container, files });
  const { previewId } = await server.api.preview.start({ generationId, confirmCommand: "npm run dev" });
  return waitFor(previewId, "READY");
}

const countSandboxes = () => countProcesses((line) => line.includes("bwrap") && line.includes(directory));

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return new Promise((resolve) => {
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** The time in which a process starts on a busy machine. */
const waiting = { timeout: 30_000 };

describe.skipIf(reason !== null)(
  `the process that runs previews${reason === null ? "" : ` (skipped: ${reason})`}`,
  () => {
    test("after kill -9 no program and no listener is left, and the next process ends the rows", async () => {
      const child = start();
      const preview = await startPreview();
      expect(await askPreview({ url: preview.url ?? "" })).toMatchObject({ text: "first /" });
      await end(child, "SIGKILL");
      await expect.poll(countSandboxes, { timeout: 5_000 }).toBe(0);
      expect(await isListening(Number(new URL(preview.url ?? "").port))).toBe(false);
      start();
      expect(await waitFor(preview.previewId, "STOPPED")).toMatchObject({
        reason: expect.stringContaining("The process that runs previews ended"),
      });
      const again = await server.api.preview.start({ generationId: preview.generationId });
      expect(again.previewId).not.toBe(preview.previewId);
      expect(await askPreview({ url: (await waitFor(again.previewId, "READY")).url ?? "" })).toMatchObject({
        status: 200,
      });
    });

    test("a second one waits until the first has ended; a signal ends everything cleanly", async () => {
      const first = start();
      const preview = await startPreview();
      const second = start();
      await expect
        .poll(
          async () => {
            const rows = await server.container.database.prisma.$queryRaw<{ count: bigint }[]>`
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
            return Number(rows[0]?.count);
          },
          // The second process needs time to start.
          { timeout: 20_000 },
        )
        .toBe(1);
      expect(await askPreview({ url: preview.url ?? "" })).toMatchObject({ status: 200 });
      await end(first, "SIGTERM");
      expect(await server.api.preview.get(preview)).toMatchObject({
        status: "STOPPED",
        reason: expect.stringContaining("Graft was stopped"),
      });
      expect(await countSandboxes()).toBe(0);
      const again = await server.api.preview.start({ generationId: preview.generationId });
      expect(await waitFor(again.previewId, "READY")).toMatchObject({ reason: null });
      second.disconnect();
      await once(second, "exit");
      expect(await countSandboxes()).toBe(0);
    });
  },
);
