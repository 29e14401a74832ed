import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { readEnv } from "#server/env.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createModelGateway } from "#server/providers/model-gateway.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { askPreview } from "#server/testing/preview-client.ts";
import { startPreviews, type StartedPreviews } from "#server/testing/started-previews.ts";

const { reason: sandboxReason, directory, remove } = await openTestSandbox();
const { npm, python } = readEnv().registries;

/** Why the test of a project is skipped; null if it runs. */
async function findReason(packagePage: URL): Promise<string | null> {
  if (sandboxReason !== null) return sandboxReason;
  const isAnswering = await fetch(packagePage, { signal: AbortSignal.timeout(10_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return isAnswering ? null : `${packagePage.href} does not answer`;
}

const npmReason = await findReason(new URL("is-number", npm));
const pythonReason = await findReason(new URL("fastapi/", python));
const noteOf = (reason: string | null) => (reason === null ? "" : ` (skipped: ${reason})`);
/** Installing and compiling take a minute on two processors. */
const timeout = 300_000;

let previews: StartedPreviews;
beforeEach(async () => {
  const builtinModel = createScaffoldModel({ sourceParser: await loadSourceParser(), chunkDelayMs: 0 });
  const models = createModelGateway({ config: { compatibleTools: "off" }, builtinModel });
  previews = await startPreviews({ dataDir: directory, models });
});
afterEach(() => previews.close());
afterAll(remove);

async function create(prompt: string): Promise<GenerationId> {
  const { server } = previews;
  const { runId } = await server.api.generation.create({ prompt, model: "builtin:scaffold", mode: "classic" });
  const { generationId } = await server.waitForRun(runId);
  if (generationId === null) throw new Error("The run made no version.");
  return generationId;
}

const postJson = (url: string, body: unknown) =>
  askPreview({ url, method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

test.skipIf(npmReason !== null)(
  `a built-in Next.js project runs with a database: its pages and its API${noteOf(npmReason)}`,
  { timeout },
  async () => {
    const generationId = await create(
      "A Next.js app with Prisma. Projects have a name. Tasks have a title, a done flag and belong to a project.",
    );
    await expect(previews.server.api.preview.start({ generationId })).rejects.toMatchObject({
      cause: { details: { command: "npm run dev", source: "package.json" } },
    });
    const preview = await previews.start(generationId, "npm run dev");
    expect(preview).toMatchObject({ status: "READY", reason: null });
    const url = preview.url ?? "";
    expect(await askPreview({ url })).toMatchObject({ status: 200, text: expect.stringContaining("/projects") });
    const created = await postJson(`${url}api/projects`, { name: "of the preview" });
    expect(created).toMatchObject({ status: 201, text: expect.stringContaining("of the preview") });
    expect(await askPreview({ url: `${url}projects` })).toMatchObject({
      status: 200,
      text: expect.stringContaining("of the preview"),
    });
  },
);

test.skipIf(pythonReason !== null)(
  `a built-in FastAPI project runs with a database and its migrations${noteOf(pythonReason)}`,
  { timeout },
  async () => {
    const generationId = await create("A FastAPI backend with PostgreSQL. Projects have a name.");
    const command = "python3 -m uvicorn app.main:app --host 127.0.0.1 --port $PORT";
    await expect(previews.server.api.preview.start({ generationId })).rejects.toMatchObject({
      cause: { details: { command, source: "app/main.py" } },
    });
    const preview = await previews.start(generationId, command);
    expect(preview).toMatchObject({ status: "READY", reason: null });
    const url = preview.url ?? "";
    expect(await askPreview({ url: `${url}openapi.json` })).toMatchObject({ status: 200 });
    const created = await postJson(`${url}projects`, { name: "of the preview" });
    expect(created).toMatchObject({ status: 201, text: expect.stringContaining("of the preview") });
  },
);
