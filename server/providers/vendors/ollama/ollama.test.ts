import { describe, expect, onTestFinished, test } from "vitest";
import { planBudget } from "#server/core/context/plan-budget.ts";
import type { ModelMessage } from "#server/orchestrator/ports.ts";
import { buildPng } from "#server/testing/small-images.ts";
import { estimateTokens } from "../../estimate-tokens.ts";
import { describeProvider } from "../../provider-contract.ts";
import {
  createInstantClock,
  createLoopbackGateway,
  loopbackKey,
  loopbackModelIds,
  runLoopbackTurn,
} from "../../testing/loopback-gateway.ts";
import { startLoopbackModelServer, type LoopbackRequest } from "../../testing/loopback-model-server.ts";
import { createOllamaVendor } from "./ollama.ts";

const modelId = loopbackModelIds.ollama;

describeProvider({ modelId, replayMark: "First the greeting.", isSilentAbout: ["cached tokens", "refusals"] });

type Entry = { id: string } & Record<string, unknown>;

const llama: Entry = {
  id: "loopback",
  capabilities: ["completion", "tools"],
  model_info: { "general.architecture": "llama", "llama.context_length": 131_072 },
};

async function start({
  models = [llama],
  respond = [{ text: "ok" }],
}: Partial<Parameters<typeof startLoopbackModelServer>[0]> = {}) {
  const server = await startLoopbackModelServer({ respond, models });
  onTestFinished(() => server.close());
  return server;
}

async function listModels({ models, ollamaContextTokens }: { models: Entry[]; ollamaContextTokens?: number }) {
  const server = await start({ models });
  const vendor = createOllamaVendor({
    config: { baseUrls: { ollama: server.url }, compatibleTools: "on", ollamaContextTokens },
    vendorKey: { source: "environment", value: loopbackKey },
    clock: createInstantClock(),
  });
  return vendor.list();
}

describe("the context length", () => {
  /** A server that cuts a prompt to the requested context, or to Ollama's default of 4,096 tokens. */
  function cutToContext({ body, messages }: LoopbackRequest) {
    const { num_ctx = 4_096 } = (body["options"] ?? {}) as { num_ctx?: number };
    const sentTokens = estimateTokens(messages.map(({ text }) => text).join("\n"));
    return { text: "ok", usage: { inputTokens: Math.min(sentTokens, num_ctx), outputTokens: 1 } };
  }

  test.each([undefined, 8_192, 65_536])("is sent, and holds the longest request and the answer (%s)", async (limit) => {
    const server = await start({ respond: cutToContext });
    const gateway = createLoopbackGateway({
      url: server.url,
      ...(limit === undefined ? {} : { ollamaContextTokens: limit }),
    });
    const description = await gateway.get(modelId);
    const { requestTokens } = planBudget({ ...description, limitTokens: null });
    const messages: ModelMessage[] = [{ role: "user", parts: ["word ".repeat(requestTokens / 2)] }];
    const { turn } = await runLoopbackTurn({ gateway, modelId, messages });
    expect(turn?.text).toBe("ok");
    const body = server.requests[0]?.body ?? {};
    const { num_ctx, num_predict } = body["options"] as { num_ctx: number; num_predict: number };
    expect(num_ctx).toBe(limit ?? 32_768);
    expect(num_predict).toBe(description.maxOutputTokens);
    expect(requestTokens + num_predict).toBeLessThanOrEqual(num_ctx);
    expect(body).toMatchObject({ truncate: false, shift: false });
  });

  test("that the server ignores is reported, with what it read", async () => {
    const server = await start({ respond: [{ text: "ok", usage: { inputTokens: 4_096, outputTokens: 1 } }] });
    const { failure } = await runLoopbackTurn({
      gateway: createLoopbackGateway({ url: server.url }),
      modelId,
      messages: [
        { role: "user", parts: [Array.from({ length: 2_000 }, (_, index) => `Line ${index} of a file.`).join("\n")] },
      ],
    });
    expect(failure).toMatchObject({ code: "CONTEXT_TOO_LONG", message: expect.stringContaining("4096") as string });
  });

  test("of a prompt that does not fit is the server's error", async () => {
    const error = { error: "the input length exceeds the context length" };
    const server = await start({ respond: [{ status: 400, body: error }] });
    const outcome = await runLoopbackTurn({ gateway: createLoopbackGateway({ url: server.url }), modelId });
    expect(outcome.failure?.code).toBe("CONTEXT_TOO_LONG");
  });
});

describe("the list of models", () => {
  test("has the models that write text, with what Ollama tells of each", async () => {
    const models = await listModels({
      models: [
        { ...llama, id: "llama3:8b", capabilities: ["completion", "tools", "vision"] },
        { ...llama, id: "short:1b", model_info: { "gemma.context_length": 8_192 } },
        { ...llama, id: "own:7b", parameters: 'stop    "<|end|>"\nnum_ctx                        65536' },
        { ...llama, id: "old:7b", capabilities: null, model_info: null },
        { ...llama, id: "embeds", capabilities: ["embedding"] },
      ],
    });
    expect(
      models.map(({ label, contextTokens, maxOutputTokens, supportsTools, supportsImages }) => [
        label,
        contextTokens,
        maxOutputTokens,
        supportsTools,
        supportsImages,
      ]),
    ).toEqual([
      ["llama3:8b", 32_768, 8_192, true, true],
      ["short:1b", 8_192, 2_048, true, false],
      ["own:7b", 65_536, 8_192, true, false],
      ["old:7b", 32_768, 8_192, false, false],
    ]);
  });

  test("keeps a model that Ollama does not describe", async () => {
    const [model] = await listModels({ models: [{ ...llama, capabilities: "odd" }] });
    expect(model).toMatchObject({ isAvailable: true, contextTokens: 8_192, supportsTools: false });
  });

  test("has the context that the operator set", async () => {
    const [model] = await listModels({ models: [llama], ollamaContextTokens: 16_384 });
    expect(model).toMatchObject({ contextTokens: 16_384, maxOutputTokens: 4_096 });
  });
});

test("an image is sent as base64 next to the text", async () => {
  const server = await start();
  const bytes = buildPng({ width: 2, height: 2 });
  await runLoopbackTurn({
    gateway: createLoopbackGateway({ url: server.url }),
    modelId,
    messages: [{ role: "user", parts: ["Look."], images: [{ name: "sketch.png", mediaType: "image/png", bytes }] }],
  });
  expect(server.requests[0]?.body["messages"]).toContainEqual({
    role: "user",
    content: "Look.",
    images: [Buffer.from(bytes).toString("base64")],
  });
});

test("tools and calls have Ollama's form: arguments are objects, and a result names its tool", async () => {
  const server = await start();
  await runLoopbackTurn({
    gateway: createLoopbackGateway({ url: server.url }),
    modelId,
    messages: [
      { role: "user", parts: ["Write."] },
      { role: "assistant", text: "", toolCalls: [{ callId: "c1", name: "finish", input: { summary: "Done." } }] },
      { role: "tool", results: [{ callId: "c1", name: "finish", text: "Noted.", isError: false }] },
    ],
  });
  expect(server.requests[0]?.body).toMatchObject({
    tools: [{ type: "function", function: { name: "write_file" } }, { function: { name: "finish" } }],
    messages: [
      { role: "system" },
      { role: "user" },
      { role: "assistant", tool_calls: [{ id: "c1", function: { name: "finish", arguments: { summary: "Done." } } }] },
      { role: "tool", tool_name: "finish", tool_call_id: "c1", content: "Noted." },
    ],
  });
});
