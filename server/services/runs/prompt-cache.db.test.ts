import { afterAll, beforeAll, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { createLoopbackGateway, loopbackModelIds } from "#server/providers/testing/loopback-gateway.ts";
import { startLoopbackModelServer, type LoopbackRequest } from "#server/providers/testing/loopback-model-server.ts";
import type { LoopbackReply } from "#server/providers/testing/loopback-reply.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

const files: Record<string, string> = {
  "AGENTS.md": "Write British English in messages.\n",
  ...Object.fromEntries(
    Array.from({ length: 120 }, (_, at) => [
      `app/area_${at % 6}/module_${at}.py`,
      `class Part${at}:\n    total: int\n\n    def discount_${at}(self):\n${"        value = 1\n".repeat(60)}        return value\n`,
    ]),
  ),
};

let model: Awaited<ReturnType<typeof startLoopbackModelServer>>;
let server: TestServer;
let script: LoopbackReply[] = [];

beforeAll(async () => {
  model = await startLoopbackModelServer({ respond: () => script.shift() ?? { text: "No script." } });
  server = await startTestServer({ models: createLoopbackGateway({ url: model.url }) });
});
afterAll(async () => {
  await server.close();
  await model.close();
});

type Block = { text: string; isMarked: boolean };

/** The parts of a request to Anthropic, in order; a provider's cache stores prefixes of them. */
function listBlocks({ body }: LoopbackRequest): Block[] {
  const { system, messages } = body as { system: unknown[]; messages: { role: string; content: unknown[] }[] };
  return [...system, ...messages.flatMap(({ content }) => content)].map((block) => {
    const { cache_control: mark, ...rest } = block as Record<string, unknown>;
    return { text: JSON.stringify(rest), isMarked: mark !== undefined };
  });
}

function countShared(a: readonly Block[], b: readonly Block[]): number {
  const end = a.findIndex(({ text }, at) => text !== b[at]?.text);
  return end === -1 ? a.length : end;
}

const change = (name: string): LoopbackReply => ({
  toolCalls: [
    {
      name: "write_file",
      arguments: { path: "app/area_1/module_1.py", content: `${files["app/area_1/module_1.py"]}\n# ${name}\n` },
    },
    { name: "finish", arguments: { summary: name } },
  ],
});

test("a run's second call and the project's next run begin with what an earlier call marked for the cache", async () => {
  const { generationId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Cached",
    archive: await buildArchive(files),
  });
  const iterate = async (parentGenerationId: GenerationId, prompt: string) => {
    const { runId } = await server.api.generation.iterate({
      parentGenerationId,
      prompt,
      model: loopbackModelIds.anthropic,
      mode: "classic",
    });
    return server.waitForRun(runId);
  };
  script = [{ toolCalls: [{ name: "read_file", arguments: { path: "app/area_2/module_2.py" } }] }, change("first")];
  const first = await iterate(generationId, "Note in module_1 what its discount is for");
  script = [change("second")];
  await iterate(first.generationId as GenerationId, "Explain the total of Part77 in a comment");

  const [firstCall = [], secondCall = [], nextRun = []] = model.requests.map(listBlocks);
  expect(model.requests).toHaveLength(3);
  // Everything but the prompt, which is last, is marked; the second call repeats it unchanged.
  expect(firstCall.at(-2)?.isMarked).toBe(true);
  expect(countShared(firstCall, secondCall)).toBe(firstCall.length);
  const sharedByRuns = firstCall.slice(0, countShared(firstCall, nextRun));
  expect(sharedByRuns.at(-1)?.isMarked).toBe(true);
  expect(nextRun[sharedByRuns.length - 1]?.isMarked).toBe(true);
  expect(sharedByRuns.map(({ text }) => text).join("")).toContain("app/area_5/module_119.py");
  for (const request of model.requests)
    expect(JSON.stringify(request.body).split('"cache_control"').length - 1).toBeLessThanOrEqual(4);
});
