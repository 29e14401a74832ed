import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer, type LoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { countProcesses } from "#server/testing/count-processes.ts";
import { importTree } from "#server/testing/import-tree.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { workOnChecks } from "#server/testing/work-on-checks.ts";

const { reason, directory, remove } = await openTestSandbox();

let models: LoopbackModelServer;
let server: TestServer;
let worker: { stop(): Promise<void> } | null;

/** A model that gives the check its length in seconds, and a worker with one slot for runs. */
async function start(seconds: string): Promise<void> {
  models = await startLoopbackModelServer({
    respond: [
      {
        toolCalls: [
          { name: "write_file", arguments: { path: "check.sh", content: `true\nsleep ${seconds}\n` } },
          { name: "finish", arguments: { summary: "Done." } },
        ],
      },
    ],
  });
  server = await startTestServer({
    models: createLoopbackGateway({ url: models.url }),
    dataDir: directory,
    concurrency: 1,
  });
}
beforeEach(() => {
  worker = null;
});
afterEach(async () => {
  await worker?.stop();
  await server.close();
  await models.close();
});
afterAll(remove);

/** A project with a check, whose next version waits for it. */
async function importChecked(): Promise<GenerationId> {
  const { projectId, generationId } = await importTree({
    container: server.container,
    files: [{ path: "check.sh", text: "true\n", mode: "100644" }],
  });
  const checks = [{ name: "slow", command: "sh check.sh", isEnabled: true }];
  await server.api.check.configure({ projectId, checks, onNewFailure: "hold" });
  return generationId;
}

async function iterate(parentGenerationId: GenerationId): Promise<RunId> {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId,
    prompt: "Please make the change",
    model: loopbackModelIds.compatible,
    mode: "classic",
  });
  return runId;
}

const isAsleep = (seconds: string) => async () => (await countProcesses((line) => line === `sleep ${seconds}`)) > 0;
const poll = { timeout: 30_000, interval: 50 };

describe.skipIf(reason !== null)(
  `a run that waits for its checks${reason === null ? "" : ` (skipped: ${reason})`}`,
  () => {
    test("delays no other run, and is cancelled at once with its checks; its candidate is kept", async () => {
      await start("301.25");
      worker = await workOnChecks(server);
      const runId = await iterate(await importChecked());
      await expect.poll(isAsleep("301.25"), poll).toBe(true);
      expect(await server.api.run.get({ runId })).toMatchObject({ status: "RUNNING", holds: null });

      const { generationId: other } = await importTree({
        container: server.container,
        files: [{ path: "b.txt", text: "b\n", mode: "100644" }],
      });
      expect(await server.waitForRun(await iterate(other))).toMatchObject({ status: "SUCCEEDED" });

      expect(await server.api.run.cancel({ runId })).toMatchObject({
        status: "CANCELLED",
        generationId: null,
        holds: { changes: [{ path: "check.sh" }], isPartial: false },
      });
      await expect.poll(isAsleep("301.25"), poll).toBe(false);
      await expect
        .poll(() => server.container.database.prisma.checkRun.count({ where: { runId, status: "CANCELLED" } }), poll)
        .toBe(1);
      expect(models.requests).toHaveLength(2);
      const events = await server.container.database.prisma.runEvent.findMany({
        where: { runId },
        orderBy: { sequence: "asc" },
      });
      expect(events.slice(-2).map(({ type }) => type)).toEqual(["cancel.requested", "cancelled"]);
      const taken = await server.api.run.resolve({ runId, decisions: [] });
      expect(taken).toMatchObject({ generationId: expect.any(String) });
    });

    test("survives its worker: another one restarts the check, and no equal tree is checked twice", async () => {
      await start("3.4712");
      const parent = await importChecked();
      const runId = await iterate(parent);
      const killed = spawn(
        process.execPath,
        [fileURLToPath(new URL("../../../jobs/worker-main.ts", import.meta.url))],
        {
          env: {
            ...process.env,
            DATABASE_URL: server.connectionString,
            GRAFT_DATA_DIR: directory,
            NODE_ENV: "production",
            OPENAI_COMPATIBLE_BASE_URL: models.url,
            OPENAI_COMPATIBLE_API_KEY: "sk-loopback",
            OPENAI_COMPATIBLE_MODELS: "loopback",
          },
          stdio: "ignore",
        },
      );
      await expect.poll(isAsleep("3.4712"), poll).toBe(true);
      killed.kill("SIGKILL");
      await expect.poll(isAsleep("3.4712"), poll).toBe(false);
      await server.container.checkQueue.recoverOrphans();
      worker = await workOnChecks(server);
      const run = await server.waitForRun(runId, { timeoutMs: 50_000 });
      expect(run).toMatchObject({ status: "SUCCEEDED", usage: { modelCalls: 1 } });
      expect(models.requests).toHaveLength(1);
      const generationId = run.generationId ?? ("" as GenerationId);
      expect((await server.api.generation.checks({ generationId })).items).toMatchObject([{ status: "passed" }]);
      // The parent's and this one's.
      expect(await server.container.database.prisma.checkResult.count()).toBe(2);
    });
  },
);
