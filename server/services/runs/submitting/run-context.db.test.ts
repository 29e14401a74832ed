import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ModelTurnRequest } from "#server/orchestrator/ports.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { callTools, ScriptedGateway, scriptedModelId } from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
let parentId: GenerationId;

beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const functionOf = (name: string) => `def ${name}():\n${"    value = 1\n".repeat(20)}    return value\n\n\n`;

/** 400 files of about 60 kB in total, one file of 60 kB, and the project's own rules. */
const files: Record<string, string> = {
  "AGENTS.md": "Write British English in messages.\n",
  "app/ledger.py": Array.from({ length: 250 }, (_, at) => functionOf(at === 123 ? "close_ledger" : `entry_${at}`)).join(
    "",
  ),
  "app/invoice.py": "class Invoice:\n    total: int\n\n    def discount(self):\n        return 0\n",
  ...Object.fromEntries(
    Array.from({ length: 400 }, (_, at) => [`app/area_${at % 20}/module_${at}.py`, functionOf(`part_${at}`)]),
  ),
};

beforeEach(async () => {
  ({ generationId: parentId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Large",
    archive: await buildArchive(files),
  }));
});

const prompt = "Closing the ledger applies the discount of each invoice";

test("the model is shown the relevant files and parts, within the budget", async () => {
  const receipt = await server.api.context.preview({ parentGenerationId: parentId, prompt, model: scriptedModelId });
  const shown = new Map(receipt.shown.map((file) => [file.path as string, file]));
  expect(shown.get("app/invoice.py")?.depth).toBe("full");
  expect(shown.get("app/ledger.py")?.depth).toBe("part");
  expect(receipt.parts.map(({ name }) => name)).toContain("Project rules");
  expect(receipt.estimate.inputTokens).toBeLessThanOrEqual(receipt.budgetTokens);
});

test("the sent request equals the run's receipt and the earlier preview", async () => {
  const preview = await server.api.context.preview({ parentGenerationId: parentId, prompt, model: scriptedModelId });
  let request: ModelTurnRequest | undefined;
  models.script((asked) => {
    request = asked;
    return callTools(
      ["write_file", { path: "app/close.py", content: "CLOSED = True\n" }],
      ["finish", { summary: "Done." }],
    )(asked);
  });
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt,
    model: scriptedModelId,
    mode: "classic",
  });
  const run = await server.waitForRun(runId);
  const { contextReceipt } = await server.api.generation.get({ generationId: run.generationId as GenerationId });
  expect(contextReceipt).toEqual(preview);
  const first = request?.messages[0];
  const sent = first?.role === "user" ? first.parts : [];
  const sentTokens = [request?.system ?? "", ...sent].reduce((total, text) => total + Buffer.byteLength(text) / 4, 0);
  const tools = contextReceipt?.parts.find(({ name }) => name === "Tools")?.tokens ?? 0;
  expect(Math.abs(sentTokens + tools - (contextReceipt?.estimate.inputTokens ?? 0))).toBeLessThan(sentTokens * 0.03);
  expect(sent.join("\n")).toContain("def close_ledger");
  expect(sent.join("\n")).not.toContain("def entry_9()");
});

test.each([
  { limitTokens: 4_000, fileCount: 50 },
  { limitTokens: 8_000, fileCount: 50 },
  { limitTokens: 32_000, fileCount: 50 },
  { limitTokens: 4_000, fileCount: 5_000 },
  { limitTokens: 8_000, fileCount: 5_000 },
  { limitTokens: 32_000, fileCount: 5_000 },
])(
  "a request of at most $limitTokens tokens on $fileCount files equals its receipt",
  async ({ limitTokens, fileCount }) => {
    const { generationId } = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: "Sized",
      archive: await buildArchive({
        ...files,
        ...Object.fromEntries(
          Array.from({ length: fileCount - 1 }, (_, at) => [
            `packages/p${at % 60}/src/part_${at}.py`,
            functionOf(`invoice_${at}`),
          ]),
        ),
      }),
    });
    let request: ModelTurnRequest | undefined;
    models.script((asked) => {
      request = asked;
      return callTools(
        ["write_file", { path: "app/close.py", content: "CLOSED = True\n" }],
        ["finish", { summary: "Done." }],
      )(asked);
    });
    const container = server.container as { contextLimitTokens: number | null };
    container.contextLimitTokens = limitTokens;
    const { runId } = await server.api.generation.iterate({
      parentGenerationId: generationId,
      prompt,
      model: scriptedModelId,
      mode: "classic",
    });
    const run = await server.waitForRun(runId);
    container.contextLimitTokens = null;
    const { contextReceipt } = await server.api.generation.get({ generationId: run.generationId as GenerationId });
    const { budgetTokens, estimate, parts } = contextReceipt ?? {
      budgetTokens: 0,
      estimate: { inputTokens: 0 },
      parts: [],
    };
    expect(budgetTokens).toBe(limitTokens);
    const first = request?.messages[0];
    const texts = [request?.system ?? "", ...(first?.role === "user" ? first.parts : [])];
    const tools = parts.find(({ name }) => name === "Tools")?.tokens ?? 0;
    const sentTokens = tools + texts.reduce((total, text) => total + Buffer.byteLength(text) / 4, 0);
    console.log(
      `${limitTokens} tokens, ${fileCount} files: receipt ${estimate.inputTokens}, sent ${Math.round(sentTokens)}`,
    );
    expect(Math.abs(sentTokens - estimate.inputTokens)).toBeLessThan(0.03 * sentTokens);
    expect(sentTokens).toBeLessThanOrEqual(limitTokens);
  },
);

test("files that changed for an earlier, similar prompt are shown", async () => {
  models.script(
    callTools(
      ["write_file", { path: "app/area_7/rounding.py", content: "CENTS = 2\n" }],
      ["finish", { summary: "Rounds." }],
    ),
  );
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt: "Totals are rounded to whole cents",
    model: scriptedModelId,
    mode: "classic",
  });
  const { generationId } = await server.waitForRun(runId);
  const receipt = await server.api.context.preview({
    parentGenerationId: generationId as GenerationId,
    prompt: "Totals are rounded to whole euros",
    model: scriptedModelId,
  });
  expect(receipt.shown.find(({ path }) => (path as string) === "app/area_7/rounding.py")?.reason).toContain(
    "changed for similar prompts before",
  );
});
