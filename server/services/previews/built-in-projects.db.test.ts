import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createModelGateway } from "#server/providers/model-gateway.ts";
import { openTestSandbox } from "#server/testing/open-test-sandbox.ts";
import { askPreview } from "#server/testing/preview-client.ts";
import { startPreviews, type StartedPreviews } from "#server/testing/started-previews.ts";

const registry = "https://registry.npmjs.org/next/16.4.6";
const isAnswering = await fetch(registry, { method: "HEAD", signal: AbortSignal.timeout(10_000) }).then(
  ({ ok }) => ok,
  () => false,
);
const { reason: sandboxReason, directory, remove } = await openTestSandbox();
const reason = sandboxReason ?? (isAnswering ? null : `${registry} does not answer`);

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

describe.skipIf(reason !== null)(
  `what the built-in generator makes${reason === null ? "" : ` (skipped: ${reason})`}`,
  () => {
    test(
      "with Next.js and Prisma runs, pages and interface, on a database of its own",
      { timeout: 240_000 },
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
        const created = await askPreview({
          url: `${url}api/projects`,
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ name: "of the preview" }),
        });
        expect(created).toMatchObject({ status: 201, text: expect.stringContaining("of the preview") });
        expect(await askPreview({ url: `${url}projects` })).toMatchObject({
          status: 200,
          text: expect.stringContaining("of the preview"),
        });
      },
    );
  },
);
