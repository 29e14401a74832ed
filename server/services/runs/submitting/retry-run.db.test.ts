import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
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
    name: "Retries",
    archive: await buildArchive({ "a.txt": "a\n" }),
  }));
});
afterAll(() => server.close());

const refused = failTurn(new AppError({ code: "PROVIDER_AUTH", message: "The provider refused the key." }));
/** Its run stays queued, so that it is active for as long as the test needs it. */
const limited = failTurn(
  new AppError({ code: "RATE_LIMITED", message: "Too much.", details: { retryable: true, retryAfterMs: 300_000 } }),
);
const answer = callTools(["write_file", { path: "b.txt", content: "b\n" }], ["finish", { summary: "Added b." }]);

test("concurrent requests to retry one run start one run, and a later one starts another", async () => {
  models.script(refused);
  const { runId } = await server.api.generation.iterate({
    parentGenerationId,
    prompt: "Add b",
    model: scriptedModelId,
  });
  expect(await server.waitForRun(runId)).toMatchObject({ status: "FAILED" });
  const callCount = models.requests.length;

  models.script(limited);
  const together = await Promise.all(Array.from({ length: 8 }, () => server.api.run.retry({ runId })));
  const [firstId] = new Set(together.map((retry) => retry.runId));
  if (firstId === undefined) throw new Error("No run was started.");
  expect(new Set(together.map((retry) => retry.runId))).toEqual(new Set([firstId]));
  await expect.poll(() => models.requests.length, { timeout: 20_000 }).toBe(callCount + 1);
  await server.api.run.cancel({ runId: firstId });
  expect(await server.waitForRun(firstId)).toMatchObject({ status: "CANCELLED" });
  expect(models.requests.length).toBe(callCount + 1);

  models.script(answer);
  const later = await server.api.run.retry({ runId });
  expect([runId, firstId]).not.toContain(later.runId);
  expect(await server.waitForRun(later.runId)).toMatchObject({ status: "SUCCEEDED" });
});
