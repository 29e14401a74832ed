import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "./importing/import-archive.ts";
import { verifyHistory } from "../operations/verify-history.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

test("a label and a bookmark are stored beside a version, may change, and leave the version unchanged", async () => {
  const { projectId, generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Marked",
    archive: await buildArchive({ "a.txt": "a\n" }),
  });
  const before = await server.api.generation.get({ generationId });
  expect(before).toMatchObject({ label: null, isBookmarked: false });
  expect(await server.api.generation.mark({ generationId, label: " Demo ", isBookmarked: true })).toMatchObject({
    label: "Demo",
    isBookmarked: true,
  });
  expect((await server.api.generation.list({ projectId })).items[0]).toMatchObject({
    label: "Demo",
    isBookmarked: true,
  });
  expect(await server.api.generation.mark({ generationId, label: "", isBookmarked: false })).toMatchObject({
    label: null,
    isBookmarked: false,
  });
  expect(await server.api.generation.get({ generationId })).toEqual(before);
  expect((await verifyHistory({ database: server.container.database })).faults).toEqual([]);
});

test("a missing version, or another owner's, cannot be marked", async () => {
  await expect(
    server.api.generation.mark({ generationId: "none" as GenerationId, label: null, isBookmarked: true }),
  ).rejects.toMatchObject({ cause: { code: "GENERATION_NOT_FOUND" } });
});
