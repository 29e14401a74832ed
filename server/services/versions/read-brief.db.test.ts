import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, sayText, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "./importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let imported: GenerationId;
beforeAll(async () => {
  server = await startTestServer({ models });
  ({ generationId: imported } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Brief",
    archive: await buildArchive({
      "app/models.py": "class Item:\n    title: str\n",
      "app/routes.py": "from app.models import Item\n\ndef read():\n    return Item\n",
      "notes.txt": "one\n",
      "app/long.py": `${Array.from({ length: 30 }, (_, index) => `def function_${index}():\n    return ${index}`).join("\n\n")}\n`,
    }),
  }));
});
afterAll(() => server.close());

async function iterate({ from, prompt, mode }: { from: GenerationId; prompt: string; mode: "classic" | "enhanced" }) {
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: from,
    prompt,
    model: scriptedModelId,
    mode,
  });
  const { generationId } = await server.waitForRun(runId);
  if (generationId === null) throw new Error("The run made no version.");
  return generationId;
}
const write = (path: string, content: string): [string, unknown] => ["write_file", { path, content }];
const edit = (path: string, oldText: string, newText: string): [string, unknown] => [
  "edit_file",
  { path, edits: [{ oldText, newText }] },
];
const finish = (summary: string): [string, unknown] => ["finish", { summary }];

describe("a planned run and one after it", () => {
  let planned: GenerationId;
  let next: GenerationId;
  beforeAll(async () => {
    models.script(
      sayText("1. app/models.py: a priority\n2. app/routes.py: return it\n3. Say what was done"),
      callTools(
        edit("app/models.py", "    title: str\n", "    title: str\n    priority: int\n"),
        finish("Items have a priority in models and routes."),
      ),
    );
    planned = await iterate({ from: imported, prompt: "Give items a priority", mode: "enhanced" });
    models.script(callTools(write("extra.txt", "x\n"), finish("A file more.")));
    next = await iterate({ from: planned, prompt: "Add extra.txt", mode: "classic" });
  });

  test("the brief of a version has its summary, and lists planned steps that the files do not show", async () => {
    expect(await server.api.generation.brief({ generationId: planned })).toEqual({
      summary: "Items have a priority in models and routes.",
      prompts: ["Give items a priority"],
      facts: [{ kind: "lines", text: "1 line added, 0 removed in 1 file", paths: ["app/models.py"] }],
      plan: [
        { step: "app/models.py: a priority", isDone: true, missing: [] },
        { step: "app/routes.py: return it", isDone: false, missing: ["app/routes.py"] },
      ],
      risks: [],
      readFirst: ["app/models.py"],
    });
  });

  test("a comparison has the prompts between its versions, in order, and no single summary or plan", async () => {
    const brief = await server.api.generation.brief({ generationId: next, againstGenerationId: imported });
    expect(brief.prompts).toEqual(["Give items a priority", "Add extra.txt"]);
    expect(brief).not.toHaveProperty("summary");
    expect(brief).not.toHaveProperty("plan");
    expect(brief.facts.map(({ text }) => text)).toEqual([
      "1 file added: extra.txt",
      "2 lines added, 0 removed in 2 files",
    ]);
  });

  test("the reverse comparison has no prompts, and a version does not differ from itself", async () => {
    const back = await server.api.generation.brief({ generationId: imported, againstGenerationId: next });
    expect(back.prompts).toEqual([]);
    expect(back.facts.map(({ kind }) => kind)).toEqual(["deleted", "lines"]);
    expect(await server.api.generation.brief({ generationId: next, againstGenerationId: next })).toMatchObject({
      facts: [],
      readFirst: [],
    });
  });

  test("a finding of a version in between stays a risk until its file changes", async () => {
    models.script(callTools(write("app/long.py", "def function_0():\n    return 0\n"), finish("Tidied.")));
    const { runId } = await server.api.generation.iterate({
      parentGenerationId: next,
      prompt: "Tidy up",
      model: scriptedModelId,
      mode: "classic",
    });
    expect(await server.waitForRun(runId)).toMatchObject({ status: "NEEDS_REVIEW" });
    const resolved = await server.api.run.resolve({
      runId,
      decisions: [{ path: "app/long.py", decision: "accept" }],
      acceptIssues: true,
    });
    const taken = "generationId" in resolved ? resolved.generationId : next;
    expect(await server.api.generation.brief({ generationId: taken })).toMatchObject({
      summary: "Tidied.",
      prompts: ["Tidy up"],
      risks: expect.arrayContaining([expect.objectContaining({ path: "app/long.py" })]),
    });
    const after = async (path: string, content: string) =>
      (
        await server.api.generation.edit({
          parentGenerationId: taken,
          changeSet: { operations: [{ type: "write", path: path as FilePath, content }] },
        })
      ).generationId;
    const risksOf = async (generationId: GenerationId) =>
      (await server.api.generation.brief({ generationId, againstGenerationId: next })).risks.some(
        ({ path }) => path === "app/long.py",
      );
    expect(await risksOf(await after("other.txt", "y\n"))).toBe(true);
    expect(await risksOf(await after("app/long.py", "z = 1\n"))).toBe(false);
  });
});

test("a version without a parent is all added, and another owner's is not found", async () => {
  const brief = await server.api.generation.brief({ generationId: imported });
  expect(brief).toMatchObject({
    prompts: [],
    risks: [],
    facts: [{ kind: "added", text: "4 files added" }, { kind: "lines" }],
  });
  expect(brief.readFirst.slice(0, 3).toSorted()).toEqual(["app/long.py", "app/models.py", "app/routes.py"]);
  await expect(server.api.generation.brief({ generationId: "none" as GenerationId })).rejects.toMatchObject({
    cause: { code: "GENERATION_NOT_FOUND" },
  });
});
