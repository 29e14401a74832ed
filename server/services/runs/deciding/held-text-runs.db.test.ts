import { afterAll, beforeAll, expect, test } from "vitest";
import { buildArchive } from "#server/testing/build-archive.ts";
import { sayText, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [], supportsTools: false });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const whole = (name: string) => `app/${name}.py\n\`\`\`\n${name} = 1\n\`\`\`\n`;

test("a model without tools that is cut off in a block keeps the complete ones, and another run adds the rest", async () => {
  const { generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Text",
    archive: await buildArchive({ "app/main.py": "x = 1\n" }),
  });
  const cut = `${whole("a")}\n${whole("b")}\napp/c.py\n\`\`\`\nc = `;
  models.script(...Array.from({ length: 4 }, () => sayText(cut)));
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt: "Add a, b and c",
    model: scriptedModelId,
    mode: "classic",
  });
  const held = await server.waitForRun(runId);
  expect(held).toMatchObject({ status: "NEEDS_REVIEW", failure: { code: "OUTPUT_TRUNCATED" } });
  expect(held.holds?.changes.map(({ path }) => path)).toEqual(["app/a.py", "app/b.py"]);
  models.script(sayText(whole("c")));
  const done = await server.waitForRun((await server.api.run.continue({ runId })).runId);
  expect(done.status).toBe("SUCCEEDED");
  expect(await server.readTexts(done.generationId ?? generationId)).toEqual({
    "app/main.py": "x = 1\n",
    "app/a.py": "a = 1\n",
    "app/b.py": "b = 1\n",
    "app/c.py": "c = 1\n",
  });
});
