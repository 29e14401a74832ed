import { afterEach, expect, onTestFinished, test } from "vitest";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "#server/providers/testing/loopback-model-server.ts";
import type { LoopbackReply, LoopbackToolCall } from "#server/providers/testing/loopback-reply.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

const parent = {
  "app/util.py": "def add(a, b):\n    return a + b\n",
  "docs/long.md": Array.from({ length: 500 }, (_, index) => `Line ${index} of a long text, each one different.\n`).join(
    "",
  ),
};
const write = (name: string): LoopbackToolCall => ({
  name: "write_file",
  arguments: { path: `app/${name}.py`, content: `${name} = 1\n` },
});
const finish: LoopbackToolCall = { name: "finish", arguments: { summary: "Done." } };
const insisting: LoopbackReply[] = Array.from({ length: 6 }, () => ({ toolCalls: [finish] }));
let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function iterate({
  respond,
  modelId = loopbackModelIds.compatible,
}: {
  respond: LoopbackReply[];
  modelId?: (typeof loopbackModelIds)[keyof typeof loopbackModelIds];
}): Promise<{ run: RunOutput; texts: Record<string, string> | null }> {
  const models = await startLoopbackModelServer({ respond });
  onTestFinished(() => models.close());
  server = await startTestServer({ models: createLoopbackGateway({ url: models.url }) });
  const { generationId: parentGenerationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Wire",
    archive: await buildArchive(parent),
  });
  const { runId } = await server.api.generation.iterate({
    parentGenerationId,
    prompt: "Please make the change",
    model: modelId,
    mode: "classic",
  });
  const run = await server.waitForRun(runId);
  return { run, texts: run.generationId === null ? null : await server.readTexts(run.generationId) };
}

const uncached = (inputTokens: number) => ({ usage: { inputTokens, outputTokens: 50 } });

test.each([
  ["120 tokens in the second call", [9_000, 120, 130]],
  ["fewer in each call", [9_000, 4_000, 12]],
  ["as many again after a miss of the cache", [9_000, 120, 9_300]],
])("a server that counts only uncached tokens cuts no prompt: %s", async (_, counts) => {
  const { run, texts } = await iterate({
    respond: [
      { toolCalls: [write("a")], ...uncached(counts[0] ?? 0) },
      { toolCalls: [write("b")], ...uncached(counts[1] ?? 0) },
      { toolCalls: [finish], ...uncached(counts[2] ?? 0) },
    ],
  });
  expect(run).toMatchObject({ status: "SUCCEEDED", failure: null });
  expect(texts).toEqual({ ...parent, "app/a.py": "a = 1\n", "app/b.py": "b = 1\n" });
});

test("a first call that was read partly is a cut prompt, and may be retried", async () => {
  const { run } = await iterate({ respond: [{ toolCalls: [write("a"), finish], ...uncached(2_048) }] });
  expect(run).toMatchObject({ status: "FAILED", failure: { code: "CONTEXT_TOO_LONG", isRetryable: true } });
});

test.each([loopbackModelIds.compatible, loopbackModelIds.anthropic, loopbackModelIds.openai])(
  "a call under another program's name is read through the wire of %s",
  async (modelId) => {
    const { run, texts } = await iterate({
      modelId,
      respond: [
        { toolCalls: [write("a"), { name: "create_file", arguments: { file_path: "app/b.py", content: "b = 1\n" } }] },
        { toolCalls: [finish] },
      ],
    });
    expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 2, applied: 2, open: 0 } });
    expect(texts).toEqual({ ...parent, "app/a.py": "a = 1\n", "app/b.py": "b = 1\n" });
  },
);

test.each<[string, LoopbackToolCall]>([
  ["broken JSON", { name: "write_file", arguments: '{"path": "app/b.py", "content": oops}' }],
  ["an argument missing", { name: "edit_file", arguments: { path: "app/util.py", edits: [{ oldText: "a + b" }] } }],
  ["a tool that is none", { name: "append_to_file", arguments: { path: "app/util.py", text: "x" } }],
  ["a list for arguments", { name: "delete_file", arguments: '["app/util.py"]' }],
])("a change that is sent with %s holds the run beside a good one", async (_, call) => {
  const { run } = await iterate({ respond: [{ toolCalls: [write("a"), call] }, ...insisting] });
  expect(run).toMatchObject({
    status: "NEEDS_REVIEW",
    generationId: null,
    holds: { changes: [{ path: "app/a.py" }], isPartial: true },
    proposals: { sent: 2, applied: 1, open: 1 },
  });
});
