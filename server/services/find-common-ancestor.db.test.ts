import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId } from "#server/testing/start-test-server.ts";
import type { TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "./import-archive.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
});
afterAll(() => server.close());

const start = async () => (await importArchive({ container: server.container, ownerId: testOwnerId, name: "Ancestors", archive: await buildArchive({ "a.txt": "a\n" }) })).generationId;
const edit = async (parentGenerationId: GenerationId, content: string) => (await server.api.generation.edit({ parentGenerationId, changeSet: { operations: [{ type: "write", path: "a.txt", content }] } })).generationId;
const ancestorOf = async (generationId: GenerationId, againstGenerationId: GenerationId) => (await server.api.generation.commonAncestor({ generationId, againstGenerationId })).generationId;

test("the newest version that both come from, one of the two, or none", async () => {
  const v1 = await start();
  const v2 = await edit(v1, "b\n");
  const v3 = await edit(v2, "c\n");
  const branch = await edit(v2, "d\n");
  expect(await ancestorOf(v3, branch)).toBe(v2);
  expect(await ancestorOf(v3, v1)).toBe(v1);
  expect(await ancestorOf(v3, await start())).toBeNull();
  await expect(ancestorOf(v3, "00000000-0000-7000-8000-000000000000" as GenerationId)).rejects.toMatchObject({ cause: { code: "GENERATION_NOT_FOUND" } });
});
