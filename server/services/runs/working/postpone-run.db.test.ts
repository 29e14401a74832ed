import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { listRunEvents } from "#server/store/runs/run-events.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, failTurn, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let parentGenerationId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models });
  ({ generationId: parentGenerationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Waits",
    archive: await buildArchive({ "a.txt": "a\n" }),
  }));
});
afterAll(() => server.close());

const limited = (retryAfterMs: number) =>
  failTurn(
    new AppError({
      code: "RATE_LIMITED",
      message: "The provider limits how much may be asked for now.",
      details: { retryable: true, retryAfterMs },
    }),
  );
const readFirst = callTools(["read_file", { path: "a.txt" }]);
const answer = callTools(["write_file", { path: "b.txt", content: "b\n" }], ["finish", { summary: "Added b." }]);

const iterate = async () =>
  (await server.api.generation.iterate({ parentGenerationId, prompt: "Add b", model: scriptedModelId })).runId;

async function listEvents(runId: RunId) {
  return (await listRunEvents({ database: server.container.database, runId, afterSequence: 0, limit: 500 })).map(
    ({ event }) => event,
  );
}

const waits = async (runId: RunId) => (await listEvents(runId)).filter(({ type }) => type === "waiting");
const untilItWaits = (runId: RunId, count = 1) =>
  expect.poll(async () => (await waits(runId)).length, { timeout: 20_000 }).toBe(count);

test("a run waits visibly for its provider, is tried at once on request, and pays no answered call again", async () => {
  models.script(readFirst, limited(300_000));
  const beforeMs = Date.now();
  const runId = await iterate();
  await untilItWaits(runId);
  const [wait] = await waits(runId);
  expect(wait).toMatchObject({ code: "RATE_LIMITED", attempt: 2, maxAttempts: 3 });
  const waitMs = (wait?.type === "waiting" ? Date.parse(wait.until) : 0) - beforeMs;
  expect(waitMs).toBeGreaterThanOrEqual(300_000);
  expect(await server.api.run.get({ runId })).toMatchObject({ status: "QUEUED", failure: null, endedAt: null });
  const callCount = models.requests.length;
  models.script(answer);
  expect(await server.api.run.retry({ runId })).toMatchObject({ runId });
  expect(await server.waitForRun(runId)).toMatchObject({ status: "SUCCEEDED" });
  expect(models.requests.length).toBe(callCount + 1);
  expect((await server.container.metrics.read()).text).toContain(
    'graft_provider_errors_total{code="RATE_LIMITED"} 1\n',
  );
  expect((await listEvents(runId)).some(({ type }) => type === "worker.lost")).toBe(false);
});

test("a waiting run is cancelled at once, and no worker takes it later", async () => {
  models.script(limited(120_000));
  const runId = await iterate();
  await untilItWaits(runId);
  expect(await server.api.run.cancel({ runId })).toMatchObject({ status: "CANCELLED" });
});

test("the third attempt is the last", async () => {
  models.script(limited(120_000), limited(120_000), limited(120_000));
  const runId = await iterate();
  for (const count of [1, 2]) {
    await untilItWaits(runId, count);
    await server.api.run.retry({ runId });
  }
  expect(await server.waitForRun(runId)).toMatchObject({
    status: "FAILED",
    failure: { code: "RATE_LIMITED", isRetryable: true },
  });
  expect((await waits(runId)).map((event) => event.type === "waiting" && event.attempt)).toEqual([2, 3]);
});

test.each([
  ["no time was named", failTurn(new AppError({ code: "RATE_LIMITED", message: "Slow." }))],
  ["the time is a day away", limited(86_400_000)],
  [
    "the user is needed",
    failTurn(new AppError({ code: "PROVIDER_AUTH", message: "Key.", details: { retryAfterMs: 120_000 } })),
  ],
])("ends if %s", async (_, turn) => {
  models.script(turn);
  const runId = await iterate();
  expect(await server.waitForRun(runId)).toMatchObject({ status: "FAILED" });
  expect(await waits(runId)).toEqual([]);
});

test("a run that waits for a worker does not wait for its provider", async () => {
  const { id } = await server.container.database.prisma.run.create({
    data: {
      ownerId: testOwnerId,
      projectId: (await server.api.project.list()).items[0]?.projectId ?? "",
      mode: "auto",
      modelId: scriptedModelId,
      prompt: "x",
      scopeInclude: [],
    },
  });
  await expect(server.api.run.retry({ runId: id })).rejects.toMatchObject({ cause: { code: "RUN_NOT_RETRYABLE" } });
});
