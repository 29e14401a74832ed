import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { FileDecision } from "#lib/contracts/runs/run.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

async function run({
  files,
  prompt,
  calls,
}: {
  files: Record<string, string>;
  prompt: string;
  calls: [string, unknown][];
}) {
  const { generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Decide",
    archive: await buildArchive(files),
  });
  models.script(
    callTools(...Object.keys(files).map((path): [string, unknown] => ["read_file", { path }])),
    callTools(...calls, ["finish", { summary: "Done." }]),
  );
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: generationId,
    prompt,
    model: scriptedModelId,
    mode: "classic",
  });
  return server.waitForRun(runId);
}

const write = (path: string, content: string): [string, unknown] => ["write_file", { path, content }];
const toGenerationId = (result: object) => ("generationId" in result ? (result.generationId as GenerationId) : null);

describe("a rename over 34 files", () => {
  const parts = Array.from({ length: 24 }, (_, index) => index);
  const itemFiles = Object.fromEntries([
    [
      "backend/app/models.py",
      "class ItemBase:\n    title: str\n\n\nclass Item(ItemBase):\n    owner_id: int\n\n\nITEM_LIMIT = 10\n",
    ],
    [
      "backend/app/api/routes/items.py",
      'from fastapi import APIRouter\n\nfrom app.models import ITEM_LIMIT, Item\n\nrouter = APIRouter(prefix="/items")\n\n\n@router.get("/{item_id}")\ndef read_item(item_id: int):\n    return Item\n\n\n@router.get("/")\ndef read_items():\n    return ITEM_LIMIT\n',
    ],
    ["backend/app/api/main.py", "from app.api.routes import items\n\nrouters = [items.router]\n"],
    ...parts.map((index): [string, string] => [
      `frontend/src/part${index}.tsx`,
      `import { ItemService } from "./client";\n\nexport function ItemPart${index}() {\n  const items = ItemService.readItems(${index});\n  return items;\n}\n`,
    ]),
    ["frontend/src/client.ts", "export const ItemService = {\n  readItems: (page: number) => [page],\n};\n"],
    ...["add", "edit", "delete", "list", "row", "menu"].map((name): [string, string] => [
      `frontend/src/items/${name}-item.tsx`,
      `export function ${name}Item(itemId: number) {\n  return itemId + "${name}";\n}\n`,
    ]),
  ]);
  const rename = (text: string) =>
    text.replaceAll("items", "notes").replaceAll("item", "note").replaceAll("Item", "Note").replaceAll("ITEM", "NOTE");

  test("passes with one note, whether or not the prompt mentions it", async () => {
    for (const prompt of ["Rename items to notes everywhere", "Use the word of our customers"]) {
      const calls = Object.entries(itemFiles).flatMap(([path, text]): [string, unknown][] => {
        const moved = rename(path);
        const move: [string, unknown][] = moved === path ? [] : [["move_file", { source: path, destination: moved }]];
        return [...move, write(moved, rename(text))];
      });
      const ended = await run({ files: itemFiles, prompt, calls });
      expect(Object.keys(itemFiles)).toHaveLength(34);
      expect(ended).toMatchObject({ status: "SUCCEEDED" });
      const { issues } = await server.api.generation.get({ generationId: ended.generationId ?? ("" as GenerationId) });
      expect(issues).toEqual([
        expect.objectContaining({
          validator: "renames",
          severity: "info",
          message: expect.stringContaining("item → note in 34 files"),
        }),
      ]);
    }
  });

  test("34 held files are accepted within half a second beyond their validation", async () => {
    const calls = Object.entries(itemFiles).flatMap(([path, text]): [string, unknown][] => {
      const moved = rename(path);
      const move: [string, unknown][] = moved === path ? [] : [["move_file", { source: path, destination: moved }]];
      return [...move, write(moved, rename(text))];
    });
    const modelsPath = "backend/app/models.py";
    const files = { ...itemFiles, [modelsPath]: `${itemFiles[modelsPath]}\n\ndef forgotten():\n    return 2\n` };
    const { runId, status, holds } = await run({ files, prompt: "Rename items to notes everywhere", calls });
    expect([status, holds?.changes.length]).toEqual(["NEEDS_REVIEW", 34]);
    const decisions = (holds?.changes ?? []).map(({ path }): FileDecision => ({ path, decision: "accept" }));
    // The first request recomputes the candidate, like opening the run's page.
    await server.api.run.checkDecisions({ runId, decisions });
    const validatedAt = performance.now();
    const { problems } = await server.api.run.checkDecisions({ runId, decisions });
    const validationMs = performance.now() - validatedAt;
    const acceptedAt = performance.now();
    await server.api.run.resolve({ runId, decisions, acceptIssues: problems.length > 0 });
    const acceptMs = performance.now() - acceptedAt;
    console.log(`34 files accepted in ${Math.round(acceptMs)} ms, validation alone ${Math.round(validationMs)} ms`);
    expect(acceptMs - validationMs).toBeLessThan(500);
  });
});

describe("a decision makes an ordinary candidate", () => {
  const files = {
    "app/__init__.py": "",
    "app/main.py": "from app import items\n\nitems.read()\n",
    "app/items.py": "def read():\n    return 1\n\n\ndef forgotten():\n    return 2\n",
    "app/alone.py": "x = 1\n",
  };
  const calls = [
    write("app/main.py", "from app import items, notes\n\nitems.read()\nnotes.read()\n"),
    write("app/items.py", "def read():\n    return 3\n"),
    write("app/notes.py", "def read():\n    return 1\n"),
    write("app/alone.py", "x = 2\n"),
  ];
  const hold = async () => {
    const held = await run({ files, prompt: "Add notes", calls });
    expect(held).toMatchObject({ status: "NEEDS_REVIEW" });
    return held;
  };

  test("an inconsistent mixture is reported, refused, and saved only with its problems", async () => {
    const { runId } = await hold();
    const decisions: FileDecision[] = [
      { path: "app/items.py", decision: "accept" },
      { path: "app/notes.py", decision: "keep-parent" },
    ];
    const check = await server.api.run.checkDecisions({ runId, decisions });
    expect(check.counts).toMatchObject({ added: 0, modified: 3 });
    expect(check.problems).toEqual([
      expect.objectContaining({ path: "app/main.py", message: expect.stringContaining("app.notes") }),
    ]);
    await expect(server.api.run.resolve({ runId, decisions })).rejects.toMatchObject({
      cause: { code: "VALIDATION_FAILED" },
    });
    const saved = await server.api.run.resolve({ runId, decisions, acceptIssues: true });
    const generationId = toGenerationId(saved) ?? ("" as GenerationId);
    const { issues } = await server.api.generation.get({ generationId });
    expect(issues.map(({ path, validator }) => [path, validator])).toEqual([
      ["app/items.py", "lost-symbols"],
      ["app/main.py", "unresolved-imports"],
    ]);
  });

  test("a finding that the decision made false is gone", async () => {
    const { runId } = await hold();
    const saved = await server.api.run.resolve({
      runId,
      decisions: [{ path: "app/items.py", decision: "keep-parent" }],
    });
    const generationId = toGenerationId(saved) ?? ("" as GenerationId);
    expect((await server.api.generation.get({ generationId })).issues).toEqual([]);
  });

  test("the default is one consistent decision for files that belong together", async () => {
    const { runId } = await hold();
    const { items } = await server.api.run.proposedDecisions({ runId });
    expect(new Map(items.map(({ path, decision }) => [path, decision]))).toEqual(
      new Map([
        ["app/alone.py", "accept"],
        ["app/items.py", "keep-parent"],
        ["app/main.py", "keep-parent"],
        ["app/notes.py", "keep-parent"],
      ]),
    );
    expect(await server.api.run.checkDecisions({ runId, decisions: items })).toMatchObject({
      issues: [],
      problems: [],
    });
  });

  test("single hunks are accepted, and a missing one is refused", async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `def f${index}():\n    return ${index}\n`).join("\n");
    const changed = lines.replace("return 3\n", "return 300\n").replace("def f29():\n    return 29\n", "");
    const held = await run({ files: { "a.py": lines }, prompt: "Return 300", calls: [write("a.py", changed)] });
    expect(held).toMatchObject({ status: "NEEDS_REVIEW" });
    const decide = (index: number): FileDecision[] => [
      { path: "a.py", decision: "accept", hunks: [{ index, decision: "keep-parent" }] },
    ];
    await expect(server.api.run.checkDecisions({ runId: held.runId, decisions: decide(2) })).rejects.toMatchObject({
      cause: { code: "INVALID_INPUT" },
    });
    expect(await server.api.run.checkDecisions({ runId: held.runId, decisions: decide(1) })).toMatchObject({
      issues: [],
    });
    const saved = await server.api.run.resolve({ runId: held.runId, decisions: decide(1) });
    expect(await server.readTexts(toGenerationId(saved) ?? ("" as GenerationId))).toEqual({
      "a.py": lines.replace("return 3\n", "return 300\n"),
    });
  });
});

describe("what vanishes without a request", () => {
  const billing = Array.from({ length: 30 }, (_, index) => `def step_${index}():\n    return ${index}\n`).join("\n");
  const files = { "app/billing.py": billing, "main.py": "x = 1\n", "web/page.html": "<p>a</p>\n" };

  test.each([
    ["a deleted file with declarations", [["delete_file", { path: "app/billing.py" }], write("main.py", "x = 2\n")]],
    ["all files", Object.keys(files).map((path) => ["delete_file", { path }])],
  ] as [string, [string, unknown][]][])("%s is held", async (_, calls) => {
    expect(await run({ files, prompt: "Please make the change", calls })).toMatchObject({
      status: "NEEDS_REVIEW",
      generationId: null,
    });
  });

  test("what the prompt asks to delete is deleted", async () => {
    const calls: [string, unknown][] = [["delete_file", { path: "app/billing.py" }]];
    expect(await run({ files, prompt: "Remove billing", calls })).toMatchObject({ status: "SUCCEEDED" });
  });

  test("text that would become binary is never stored", async () => {
    const calls = [write("re.ts", "export const re = /[\0-\u001f]/;\n")];
    expect(
      await run({ files: { "re.ts": "export const re = /a/;\n" }, prompt: "Match controls", calls }),
    ).toMatchObject({
      status: "FAILED",
      generationId: null,
      proposals: { applied: 0, open: 1 },
    });
  });
});
