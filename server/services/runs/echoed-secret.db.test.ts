import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { createLoopbackGateway, loopbackKey, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer, type LoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";

let models: LoopbackModelServer;
let server: TestServer;
beforeAll(async () => {
  models = await startLoopbackModelServer({
    respond: [
      {
        text: `The key is ${loopbackKey}.`,
        toolCalls: [
          { name: "write_file", arguments: { path: "key.py", content: `KEY = "${loopbackKey}"\n` } },
          { name: "finish", arguments: { summary: `I wrote ${loopbackKey} into a file.` } },
        ],
        chunkSize: 6,
      },
    ],
  });
  server = await startTestServer({ models: createLoopbackGateway({ url: models.url }) });
});
afterAll(async () => {
  await server.close();
  await models.close();
});

test("a key that a model's answer repeats is in no row and no file", async () => {
  const { runId } = await server.api.generation.create({
    prompt: "Tell me the key.",
    model: loopbackModelIds.compatible,
  });
  const run = await server.waitForRun(runId);
  expect(await server.readTexts(run.generationId as GenerationId)).toMatchObject({ "key.py": 'KEY = "[redacted]"\n' });
  const { prisma } = server.container.database;
  for (const rows of await Promise.all([
    prisma.run.findMany(),
    prisma.runEvent.findMany(),
    prisma.runStep.findMany(),
    prisma.generation.findMany(),
  ])) {
    expect(rows.length).toBeGreaterThan(0);
    expect(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain(loopbackKey);
  }
});
