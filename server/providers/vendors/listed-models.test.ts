import { expect, onTestFinished, test } from "vitest";
import type { ProviderName } from "#lib/contracts/model.ts";
import { createVendors } from "./registry.ts";
import { createScriptedModel } from "../testing/scripted-model.ts";
import { createInstantClock, loopbackKey } from "../testing/loopback-gateway.ts";
import { startLoopbackModelServer } from "../testing/loopback-model-server.ts";
import { priceDataSet } from "../models/model-facts.ts";

type Entry = { id: string } & Record<string, unknown>;

/** The models that a vendor offers if its server lists `models`. */
async function listModels({ provider, models }: { provider: ProviderName; models: Entry[] }) {
  const server = await startLoopbackModelServer({ respond: [{ text: "ok" }], models });
  onTestFinished(() => server.close());
  const vendor = createVendors({
    config: { baseUrls: { [provider]: server.url }, compatibleTools: "on" },
    keys: new Map([[provider, { source: "environment", value: loopbackKey }]]),
    builtinModel: createScriptedModel([]),
    clock: createInstantClock(),
  }).find(({ facts }) => facts.provider === provider);
  const listed = (await vendor?.list()) ?? [];
  return listed.map(({ modelId, label, contextTokens, maxOutputTokens, supportsTools, pricing, pricingSource }) => ({
    modelId,
    label,
    contextTokens,
    maxOutputTokens,
    supportsTools,
    pricing,
    pricingSource,
  }));
}

test("OpenRouter lists context and prices, and models that call tools are offered", async () => {
  const models = await listModels({
    provider: "openrouter",
    models: [
      {
        id: "some/coder",
        name: "Some: Coder",
        context_length: 262_144,
        top_provider: { max_completion_tokens: 65_536 },
        supported_parameters: ["tools", "temperature"],
        pricing: { prompt: "0.000003", completion: "0.000015", input_cache_read: "0.0000003" },
      },
      { id: "some/auto", supported_parameters: ["tools"], pricing: { prompt: "-1", completion: "-1" } },
      { id: "some/painter", supported_parameters: ["seed"] },
    ],
  });
  expect(models).toEqual([
    {
      modelId: "openrouter:some/coder",
      label: "Some: Coder",
      contextTokens: 262_144,
      maxOutputTokens: 65_536,
      supportsTools: true,
      pricing: { inputUsdPerMillion: 3, outputUsdPerMillion: 15, cachedInputUsdPerMillion: 0.3 },
      pricingSource: "OpenRouter's list of models",
    },
    {
      modelId: "openrouter:some/auto",
      label: "some/auto",
      contextTokens: 128_000,
      maxOutputTokens: 8_192,
      supportsTools: true,
      pricing: undefined,
      pricingSource: undefined,
    },
  ]);
});

test("the gateway lists models of every kind, and those that write text are offered", async () => {
  const models = await listModels({
    provider: "gateway",
    models: [
      {
        id: "a/writer",
        type: "language",
        context_window: 200_000,
        max_tokens: 64_000,
        pricing: { input: "0.000001", output: "0.000005" },
      },
      { id: "a/embedder", type: "embedding" },
    ],
  });
  expect(models).toMatchObject([
    {
      modelId: "gateway:a/writer",
      contextTokens: 200_000,
      maxOutputTokens: 64_000,
      pricing: { inputUsdPerMillion: 1, outputUsdPerMillion: 5 },
    },
  ]);
});

test("Mistral lists which models chat and which call tools", async () => {
  const chats = { completion_chat: true, function_calling: true };
  const models = await listModels({
    provider: "mistral",
    models: [
      { id: "mistral-large-latest", max_context_length: 131_072, capabilities: chats },
      { id: "codestral-mamba", max_context_length: 256_000, capabilities: { ...chats, function_calling: false } },
      { id: "mistral-embed", capabilities: { completion_chat: false, function_calling: false } },
    ],
  });
  expect(models).toMatchObject([
    {
      modelId: "mistral:mistral-large-latest",
      contextTokens: 131_072,
      supportsTools: true,
      pricingSource: priceDataSet,
    },
    { modelId: "mistral:codestral-mamba", supportsTools: false },
  ]);
});

test("Bedrock offers its models with chat completions", async () => {
  const models = await listModels({
    provider: "bedrock",
    models: [
      { id: "openai.gpt-oss-120b-1:0" },
      { id: "anthropic.claude-sonnet-5" },
      { id: "amazon.titan-embed-text-v2" },
      { id: "qwen.nonesuch" },
    ],
  });
  expect(models).toMatchObject([
    { modelId: "bedrock:openai.gpt-oss-120b-1:0", pricingSource: priceDataSet },
    { modelId: "bedrock:qwen.nonesuch", pricing: undefined },
  ]);
});

test("Google lists names, of which the data set knows the rest", async () => {
  const models = await listModels({
    provider: "google",
    models: [
      { id: "models/gemini-3.8-flash" },
      { id: "models/gemini-embedding-2" },
      { id: "models/gemini-3.1-flash-image-preview" },
      { id: "models/veo-4" },
    ],
  });
  expect(models).toMatchObject([
    { modelId: "google:gemini-3.8-flash", contextTokens: 1_000_000, pricingSource: priceDataSet },
  ]);
});

test("OpenAI and Anthropic offer their listed models beside the built-in ones", async () => {
  const openai = await listModels({
    provider: "openai",
    models: [{ id: "gpt-5.2" }, { id: "gpt-5-image" }, { id: "gpt-nonesuch" }, { id: "gpt-6.1-sol" }],
  });
  expect(openai.map(({ modelId }) => modelId)).toEqual([
    "openai:gpt-6.1-sol",
    "openai:gpt-6.1-terra",
    "openai:gpt-5.2",
  ]);
  const anthropic = await listModels({
    provider: "anthropic",
    models: [
      { id: "claude-opus-4-5", display_name: "Claude Opus 4.5" },
      { id: "claude-next", display_name: "Next" },
    ],
  });
  expect(anthropic.slice(3)).toMatchObject([
    { modelId: "anthropic:claude-opus-4-5", label: "Claude Opus 4.5", pricingSource: priceDataSet },
    { modelId: "anthropic:claude-next", label: "Next", pricing: undefined },
  ]);
});

test("a service without a key offers nothing, and one that refuses the key says so", async () => {
  const vendors = createVendors({
    config: { compatibleTools: "on", baseUrls: { mistral: "http://127.0.0.1:9/v1" } },
    keys: new Map([["mistral", { source: "environment", value: loopbackKey }]]),
    builtinModel: createScriptedModel([]),
    clock: createInstantClock(),
  });
  const list = (provider: ProviderName) => vendors.find(({ facts }) => facts.provider === provider)?.list();
  expect(await list("google")).toEqual([]);
  expect(await list("mistral")).toMatchObject([
    { label: "Mistral", isAvailable: false, reason: expect.stringContaining("could not be reached") as string },
  ]);
});
