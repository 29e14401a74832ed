import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { ScriptedGateway } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "./importing/import-archive.ts";

let server: TestServer;
let generationId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models: new ScriptedGateway({ turns: [] }) });
  ({ generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Counted",
    archive: await buildArchive({ "app/a.py": "a\n", "app/models/b.py": "b\n", "tests/a.py": "a\n", "[id].ts": "i\n" }),
  }));
});
afterAll(() => server.close());

test.each([
  [["app/**"], 2],
  [["app"], 2],
  [["**/a.py"], 2],
  [["app/**", "app/a.py", "tests/*"], 3],
  [["[id].ts"], 1],
  [["nothing/**"], 0],
])("the scope %j matches %d files, as in a run", async (include, count) => {
  await expect(server.api.generation.countFiles({ generationId, include })).resolves.toEqual({ count });
});

test("another owner's version is not counted", async () => {
  await expect(
    server.api.generation.countFiles({ generationId: "none" as GenerationId, include: ["**"] }),
  ).rejects.toMatchObject({ cause: { code: "GENERATION_NOT_FOUND" } });
});
