import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId, ModelId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId, type ScriptedTurn } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

/** Every call costs 0.3 dollars. */
class PaidGateway extends ScriptedGateway {
  override async get(modelId: ModelId) {
    return { ...(await super.get(modelId)), pricing: { inputUsdPerMillion: 1, outputUsdPerMillion: 1 } };
  }

  override async runTurn(...request: Parameters<ScriptedGateway["runTurn"]>) {
    const turn = await super.runTurn(...request);
    return { ...turn, usage: { ...turn.usage, costUsd: 0.3 } };
  }
}

const models = new PaidGateway({ turns: [] });
let server: TestServer;
let parentGenerationId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models });
  ({ generationId: parentGenerationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Paid",
    archive: await buildArchive({ "a.py": "x = 1\n" }),
  }));
});
afterAll(() => server.close());

const write = (name: string) =>
  callTools(["write_file", { path: `${name}.py`, content: `${name} = 1\n` }], ["finish", { summary: "Done." }]);

test("a queued prompt over the spending limit fails when it would start, and continues once the limit is raised", async () => {
  await server.api.model.setSpending({ dayUsd: 0.2 });
  const queued = Promise.withResolvers<void>();
  const afterAllAreQueued: ScriptedTurn = async (request) => {
    await queued.promise;
    return write("one")(request);
  };
  models.script(afterAllAreQueued);
  const send = (prompt: string, queue: boolean) =>
    server.api.generation.iterate({ parentGenerationId, prompt, model: scriptedModelId, mode: "classic", queue });
  const first = await send("One", false);
  const second = await send("Two", true);
  const third = await send("Three", true);
  queued.resolve();
  expect((await server.waitForRun(first.runId)).status).toBe("SUCCEEDED");
  expect(await server.waitForRun(second.runId)).toMatchObject({
    status: "FAILED",
    failure: { code: "BUDGET_EXCEEDED", isRetryable: true },
    usage: { modelCalls: 0 },
  });
  expect((await server.api.run.get({ runId: third.runId })).waitsFor).toEqual({
    runId: second.runId,
    status: "FAILED",
  });

  await server.api.model.setSpending({ dayUsd: null });
  models.script(write("two"), write("three"));
  const retry = await server.api.run.retry({ runId: second.runId });
  expect(await server.waitForRun(retry.runId)).toMatchObject({ status: "SUCCEEDED", isBranch: false });
  expect(await server.waitForRun(third.runId)).toMatchObject({ status: "SUCCEEDED", isBranch: false });
});

test("a question stops at the limit of a run, like every run", async () => {
  await server.api.model.setSpending({ runUsd: 0.5 });
  const look = callTools(["list_files", {}]);
  models.script(look, look, look);
  const { runId } = await server.api.generation.ask({
    generationId: parentGenerationId,
    prompt: "Why?",
    model: scriptedModelId,
  });
  expect(await server.waitForRun(runId)).toMatchObject({
    status: "FAILED",
    failure: { code: "BUDGET_EXCEEDED", details: { limit: "runUsd", spentUsd: 0.6 } },
    usage: { modelCalls: 2 },
  });
});
