import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId, ModelId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, failTurn, sayText, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId } from "#server/testing/start-test-server.ts";
import type { TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "./import-archive.ts";

/** A gateway whose every call costs 0.3 dollars, as long as its model has a price. */
class PaidGateway extends ScriptedGateway {
  usdPerMillion = 1;

  override async get(modelId: ModelId) {
    return { ...(await super.get(modelId)), pricing: { inputUsdPerMillion: this.usdPerMillion, outputUsdPerMillion: this.usdPerMillion } };
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
  server = await startTestServer({ models, spending: { runUsd: 0.5, dayUsd: 1 } });
  ({ generationId: parentGenerationId } = await importArchive({ container: server.container, ownerId: testOwnerId, name: "Paid", archive: await buildArchive({ "a.py": "x = 1\n" }) }));
});
afterAll(() => server.close());

const write = (name: string) => callTools(["write_file", { path: `${name}.py`, content: `${name} = 1\n` }]);
const iterate = () => server.api.generation.iterate({ parentGenerationId, prompt: "Add files", model: scriptedModelId, mode: "classic" });

test("a run stops at its limit and keeps what it had; a day's runs stop at theirs, and nothing is started", async () => {
  models.script(write("one"), write("two"), write("three"));
  const { runId } = await iterate();
  // The second call passes the limit; there is no third.
  expect(await server.waitForRun(runId)).toMatchObject({
    status: "FAILED",
    failure: { code: "BUDGET_EXCEEDED", details: { limit: "runUsd", maximum: 0.5, spentUsd: 0.6 } },
    usage: { modelCalls: 2, costUsd: 0.6 },
    holds: { changes: [{ path: "one.py" }, { path: "two.py" }] },
  });

  models.script(write("one"), callTools(["finish", { summary: "Done." }]));
  const second = await iterate();
  expect(await server.waitForRun(second.runId)).toMatchObject({ status: "SUCCEEDED" });
  expect(await server.api.model.spending()).toEqual({ runUsd: 0.5, dayUsd: 1, spentUsd: expect.closeTo(1.2, 5) });
  const { items } = await server.api.project.list();
  await expect(iterate()).rejects.toMatchObject({ message: expect.stringContaining("have cost $1.20 of $1. Nothing was started") });
  expect((await server.api.run.list({ projectId: items[0]?.projectId ?? "" })).items).toHaveLength(2);

  // A model that costs nothing goes on.
  models.usdPerMillion = 0;
  models.script(write("one"), callTools(["finish", { summary: "Done." }]));
  expect(await server.waitForRun((await iterate()).runId)).toMatchObject({ status: "SUCCEEDED" });
});

test("a test of a model tells how long it took, or what is wrong", async () => {
  models.script(sayText("OK"));
  expect(await server.api.model.test({ modelId: scriptedModelId })).toEqual({ durationMs: expect.any(Number) });
  models.script(failTurn(new AppError({ code: "PROVIDER_AUTH", message: "The provider did not accept the key." })));
  await expect(server.api.model.test({ modelId: scriptedModelId })).rejects.toMatchObject({ message: "The provider did not accept the key." });
});
