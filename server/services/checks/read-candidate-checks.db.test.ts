import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importTree } from "#server/testing/import-tree.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { callTools, ScriptedGateway, scriptedModelId as model } from "#server/testing/scripted-gateway.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { workOnChecks } from "#server/testing/work-on-checks.ts";

const { reason, directory, remove } = await openTestSandbox();
const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models, dataDir: directory });
});
afterAll(async () => {
  await server.close();
  await remove();
});

const answer = (script: string) =>
  callTools(["write_file", { path: "check.sh", content: script }], ["finish", { summary: "Changed the check." }]);

describe.skipIf(reason !== null)(`checks of candidates${reason === null ? "" : ` (skipped: ${reason})`}`, () => {
  test("the board has the checks of each candidate: none yet, then passed and newly failing", async () => {
    const { projectId, generationId } = await importTree({
      container: server.container,
      files: [{ path: "check.sh", text: "true\n", mode: "100644" }],
    });
    models.script(answer("true\ntrue\n"), answer("true\nexit 1\n"));
    const { runId, runIds = [] } = await server.api.generation.iterate({
      parentGenerationId: generationId,
      prompt: "Change the check",
      candidates: [{ model }, { model }],
    });
    await Promise.all(runIds.map((id) => server.waitForRun(id)));
    const read = async () => (await server.api.run.candidates({ runId })).items.map(({ checks }) => checks);
    expect(await read()).toEqual([null, null]);

    await server.api.check.configure({
      projectId,
      checks: [{ name: "tests", command: "sh check.sh", isEnabled: true }],
    });
    const none = { passed: 0, failed: 0, newlyFailing: 0, running: 0, started: 0, total: 1 };
    expect(await read()).toEqual([none, none]);

    const { items } = await server.api.run.candidates({ runId });
    for (const each of [generationId, ...items.map((item) => item.generationId ?? "")])
      await server.api.check.run({ generationId: each });
    expect(await read()).toEqual([
      { ...none, running: 1, started: 1 },
      { ...none, running: 1, started: 1 },
    ]);
    const worker = await workOnChecks(server);
    try {
      await expect
        .poll(async () => (await read()).filter((checks) => checks?.running === 1).length, { timeout: 50_000 })
        .toBe(0);
    } finally {
      await worker.stop();
    }
    const ended = (await read()).toSorted((a, b) => (a?.failed ?? 0) - (b?.failed ?? 0));
    expect(ended).toEqual([
      { ...none, passed: 1, started: 1 },
      { ...none, failed: 1, newlyFailing: 1, started: 1 },
    ]);
  });
});
