import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { sayText, ScriptedGateway, scriptedModelId, type ScriptedTurn } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [], supportsTools: false });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const util = "def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return a - b\n";
const edited = util.replace("return a + b", "return a + b + 0");
const block = (oldText: string, newText: string) =>
  `app/util.py\n\`\`\`\n<<<<<<< SEARCH\n${oldText}\n=======\n${newText}\n>>>>>>> REPLACE\n\`\`\`\n`;
const good = block("    return a + b", "    return a + b + 0");
const nothing = Array.from({ length: 8 }, () => sayText("I have nothing to add."));
let parentId: GenerationId;

beforeEach(async () => {
  ({ generationId: parentId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Text proposals",
    archive: await buildArchive({ "app/util.py": util }),
  }));
});

async function iterate(...turns: ScriptedTurn[]): Promise<{ run: RunOutput; texts: Record<string, string> }> {
  models.script(...turns);
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt: "Please make the change",
    model: scriptedModelId,
    mode: "classic",
  });
  const run = await server.waitForRun(runId);
  const { sent, applied, refused, madeGood, open } = run.proposals;
  expect(applied + refused + madeGood + open).toBe(sent);
  if (run.status === "SUCCEEDED") expect(open).toBe(0);
  return { run, texts: await server.readTexts(run.generationId ?? parentId) };
}

describe("a block with its path elsewhere is made or requested again, and never lost", () => {
  test.each([
    ["in bold, with a remark", "**app/more.py** (new)\n```python\nMORE = 2\n```\n"],
    ["in a tag", '<file path="app/more.py">\nMORE = 2\n</file>\n'],
    ["in a sentence", "Create `app/more.py` with this content:\n\n```python\nMORE = 2\n```\n"],
    ["in a comment of the block", "```python\n# app/more.py\nMORE = 2\n```\n"],
    ["in the fence's title", '```python title="app/more.py"\nMORE = 2\n```\n'],
    ["nowhere", "```python\nMORE = 2\n```\n"],
    ["in a heading", "### 2. app/more.py\n\n```python\nMORE = 2\n```\n"],
    ["in a block that ends too early", "app/more.py\n```python\nMORE = 2\n"],
    [
      "in a call",
      '<tool_call>\n{"name": "write_file", "arguments": {"path": "app/more.py", "content": "MORE = 2\\n"}}\n</tool_call>',
    ],
  ])("%s", async (_, second) => {
    const { run, texts } = await iterate(sayText(`${good}\n${second}Both are done.\n`), ...nothing);
    if (run.status === "SUCCEEDED") {
      expect(run.proposals).toMatchObject({ sent: 2, applied: 2 });
      // A comment that names the file may be a line of it.
      expect(texts).toEqual({
        "app/util.py": edited,
        "app/more.py": expect.stringMatching(/^(# app\/more\.py\n)?MORE = 2\n$/) as string,
      });
    } else {
      expect(run).toMatchObject({ status: "NEEDS_REVIEW", holds: { changes: [{ path: "app/util.py" }] } });
      expect(run.proposals.open).toBeGreaterThan(0);
      expect(JSON.stringify(models.requests.at(-1)?.messages)).toContain("not complete");
    }
  });
});

test("a cut-off block stays open if the next answer is prose", async () => {
  const cut = `${good}\napp/more.py\n\`\`\`python\nMORE = `;
  const { run } = await iterate(
    async (request) => ({ ...(await sayText(cut)(request)), finishReason: "length" }),
    ...nothing,
  );
  expect(run).toMatchObject({
    status: "NEEDS_REVIEW",
    generationId: null,
    holds: { changes: [{ path: "app/util.py" }], isPartial: true },
  });
  expect(run.proposals.open).toBeGreaterThan(0);
});

test("a cut-off block that is sent complete is made good", async () => {
  const cut = `${good}\napp/more.py\n\`\`\`python\nMORE = `;
  const { run, texts } = await iterate(
    async (request) => ({ ...(await sayText(cut)(request)), finishReason: "length" }),
    sayText(`${good}\napp/more.py\n\`\`\`python\nMORE = 2\n\`\`\`\nBoth are done.`),
  );
  expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { open: 0 } });
  expect(texts).toEqual({ "app/util.py": edited, "app/more.py": "MORE = 2\n" });
});

test.each([
  ["a block that asks for nothing", block("def sub(a, b):", "def sub(a, b):")],
  ["a block that comes twice", good],
])("%s beside a readable one loses nothing", async (_, other) => {
  const { run, texts } = await iterate(sayText(`${good}\n${other}\n`), ...nothing);
  expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { open: 0 } });
  expect(texts).toEqual({ "app/util.py": edited });
});

test("when everything is sent again for one failed block, each change is applied once", async () => {
  const append = block("    return a - b", "    return a - b\n\n\nC = 3");
  const miss = block("    return a times b", "    return a * b");
  const right = block("def add(a, b):", "def add(a, b):  # return a * b");
  const { run, texts } = await iterate(
    sayText(`${append}\nThen:\n\n${miss}`),
    sayText(`${append}\nThen:\n\n${right}`),
    ...nothing,
  );
  expect(run.status).toBe("SUCCEEDED");
  expect(texts["app/util.py"]?.match(/C = 3/g)).toHaveLength(1);
});
