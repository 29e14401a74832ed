import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContentHash, GenerationId, RunId } from "#lib/contracts/ids.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, type TestServer } from "#server/testing/start-test-server.ts";
import { insertBlobs } from "#server/store/contents/blobs.ts";
import { checkInvariants, takeSnapshot } from "./check-invariants.ts";

const secret = "sk-planted-2f6b8d0c";

let server: TestServer;
beforeAll(async () => {
  const write = callTools(
    ["write_file", { path: "a.ts", content: "export const a = 1;\n" }],
    ["finish", { summary: "Added a." }],
  );
  server = await startTestServer({ models: new ScriptedGateway({ turns: [write] }) });
});
afterAll(() => server.close());

test("finds nothing in a valid database, and each violation", async () => {
  const { database } = server.container;
  const { runId } = await server.api.generation.create({
    prompt: "Make a.ts",
    model: scriptedModelId,
    mode: "classic",
  });
  await server.waitForRun(runId);
  const before = await takeSnapshot({ database });
  const check = (changes: { acknowledged?: RunId[]; before?: typeof before; secret?: string; logs?: string[] }) =>
    checkInvariants({ database, acknowledged: [runId], before, secret, logs: ["worker ready"], ...changes });
  expect(await check({})).toEqual({
    acknowledged: 1,
    ended: 1,
    succeeded: 1,
    failed: 0,
    lost: 0,
    halfWritten: 0,
    doubleCommits: 0,
    faults: [],
  });

  expect(await check({ acknowledged: [runId, "gone" as RunId] })).toMatchObject({
    lost: 1,
    faults: ["Run gone was acknowledged and is not there."],
  });
  const other = [...before.keys()][0] ?? ("none" as GenerationId);
  expect((await check({ before: new Map([[other, "0".repeat(64) as ContentHash]]) })).faults).toEqual([
    `Generation ${other} was there before, and is another.`,
  ]);
  expect((await check({ logs: [`key ${secret}`] })).faults).toEqual(["A log holds the secret."]);
  expect((await check({ secret: "Make a.ts" })).faults).toEqual([
    `1 rows of public."Generation" hold the secret.`,
    `1 rows of public."Run" hold the secret.`,
  ]);
  expect((await check({ secret: "Added a." })).faults).toContainEqual(
    expect.stringMatching(/^The remembered step .* holds the secret\.$/),
  );
  expect((await check({ secret: "export const a = 1;" })).faults).toContainEqual(
    expect.stringMatching(/^Content .* holds the secret\.$/),
  );

  const stray = "a".repeat(64) as ContentHash;
  await insertBlobs({
    transaction: database.prisma,
    contents: new Map([[stray, Buffer.from("stray")]]),
    bases: new Map(),
  });
  expect(await check({})).toMatchObject({ halfWritten: 1 });
});
