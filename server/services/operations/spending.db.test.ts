import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId, ModelId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, failTurn, sayText, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

/** A gateway on which every call costs 0.3 dollars, unless its model has no price. */
class PaidGateway extends ScriptedGateway {
  usdPerMillion = 1;

  override async get(modelId: ModelId) {
    return {
      ...(await super.get(modelId)),
      pricing: { inputUsdPerMillion: this.usdPerMillion, outputUsdPerMillion: this.usdPerMillion },
    };
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
  ({ generationId: parentGenerationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Paid",
    archive: await buildArchive({ "a.py": "x = 1\n" }),
  }));
});
afterAll(() => server.close());

const write = (name: string) => callTools(["write_file", { path: `${name}.py`, content: `${name} = 1\n` }]);
const iterate = () =>
  server.api.generation.iterate({ parentGenerationId, prompt: "Add files", model: scriptedModelId, mode: "classic" });

test("a run stops at its limit and keeps what it had; further runs of the day stop at theirs, and none is started", async () => {
  models.script(write("one"), write("two"), write("three"));
  const { runId } = await iterate();
  // The second call exceeds the limit; there is no third.
  expect(await server.waitForRun(runId)).toMatchObject({
    status: "FAILED",
    failure: { code: "BUDGET_EXCEEDED", details: { limit: "runUsd", maximum: 0.5, spentUsd: 0.6 } },
    usage: { modelCalls: 2, costUsd: 0.6 },
    holds: { changes: [{ path: "one.py" }, { path: "two.py" }] },
  });

  models.script(write("one"), callTools(["finish", { summary: "Done." }]));
  const second = await iterate();
  expect(await server.waitForRun(second.runId)).toMatchObject({ status: "SUCCEEDED" });
  const none = { runUsd: null, dayUsd: null };
  expect(await server.api.model.spending()).toEqual({
    runUsd: 0.5,
    dayUsd: 1,
    own: none,
    host: { runUsd: 0.5, dayUsd: 1 },
    spentUsd: expect.closeTo(1.2, 5),
  });
  const { items } = await server.api.project.list();
  await expect(iterate()).rejects.toMatchObject({
    message: expect.stringContaining("have cost $1.20 of $1.00. Nothing was started"),
  });
  expect((await server.api.run.list({ projectId: items[0]?.projectId ?? "" })).items).toHaveLength(2);

  // A free model continues.
  models.usdPerMillion = 0;
  models.script(write("one"), callTools(["finish", { summary: "Done." }]));
  expect(await server.waitForRun((await iterate()).runId)).toMatchObject({ status: "SUCCEEDED" });
});

test("a user's own limits apply below the host's, and one alone can be changed", async () => {
  expect(await server.api.model.setSpending({ runUsd: 0.2, dayUsd: 40 })).toMatchObject({
    runUsd: 0.2,
    dayUsd: 1,
    own: { runUsd: 0.2, dayUsd: 40 },
  });
  expect(await server.api.model.setSpending({ dayUsd: 0.1 })).toMatchObject({ runUsd: 0.2, dayUsd: 0.1 });
  models.usdPerMillion = 1;
  await expect(iterate()).rejects.toMatchObject({
    message: expect.stringContaining(
      "of $0.10. Nothing was started, and your prompt is kept. Wait, choose a model without a price, or raise the limit in the settings.",
    ),
  });
  await expect(server.api.model.setSpending({ runUsd: 0 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect(await server.api.model.setSpending({ runUsd: null, dayUsd: null })).toMatchObject({
    runUsd: 0.5,
    dayUsd: 1,
    own: { runUsd: null, dayUsd: null },
  });
});

test("a run that stopped at its limit continues after its answered calls once the limit is raised, and restarts otherwise", async () => {
  models.usdPerMillion = 0;
  await server.api.model.setSpending({ runUsd: 0.2 });
  models.script(write("one"), write("two"));
  const { runId } = await iterate();
  expect(await server.waitForRun(runId)).toMatchObject({ status: "FAILED", usage: { modelCalls: 1 } });
  const { spentUsd } = await server.api.model.spending();

  models.script(write("other"));
  const anew = await server.api.run.retry({ runId });
  expect(await server.waitForRun(anew.runId)).toMatchObject({
    status: "FAILED",
    holds: { changes: [{ path: "other.py" }] },
  });
  expect((await server.api.model.spending()).spentUsd).toBeCloseTo(spentUsd + 0.3, 5);

  await server.api.model.setSpending({ runUsd: null });
  const callsBefore = models.requests.length;
  models.script(callTools(["write_file", { path: "two.py", content: "two = 2\n" }], ["finish", { summary: "Done." }]));
  const raised = await server.api.run.retry({ runId });
  expect(await server.waitForRun(raised.runId)).toMatchObject({
    status: "SUCCEEDED",
    usage: { modelCalls: 2, costUsd: 0.6 },
  });
  expect(models.requests.length).toBe(callsBefore + 1);
  // Its first call came from the earlier run, and is paid once.
  expect((await server.api.model.spending()).spentUsd).toBeCloseTo(spentUsd + 0.6, 5);
});

test("a model test reports its duration, or what is wrong", async () => {
  models.script(sayText("OK"));
  expect(await server.api.model.test({ modelId: scriptedModelId })).toEqual({
    answer: "OK",
    durationMs: expect.any(Number),
  });
  models.script(failTurn(new AppError({ code: "PROVIDER_AUTH", message: "The provider did not accept the key." })));
  await expect(server.api.model.test({ modelId: scriptedModelId })).rejects.toMatchObject({
    message: "The provider did not accept the key.",
  });
});
