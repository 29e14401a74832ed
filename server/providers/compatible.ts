import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { z } from "zod";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { Clock } from "./clock.ts";
import { createGuardedFetch, defaultHttpLimits, type HttpLimits } from "./guarded-fetch.ts";
import type { ModelConfig } from "./model-config.ts";
import { readKeyValue } from "./vendor-keys.ts";
import type { Vendor, VendorFacts, VendorKey } from "./vendor.ts";

export const compatibleFacts: VendorFacts = {
  provider: "compatible",
  label: "OpenAI-compatible server",
  subject: "The compatible model server",
  keyVariable: "OPENAI_COMPATIBLE_API_KEY",
  addressVariable: "OPENAI_COMPATIBLE_BASE_URL",
  maxCallsAtOnce: 4,
  noTools: {
    sign: /(does not|doesn't) support (tool|function)|(tool|function)( use| calling| choice)?s? (is|are) not supported|enable-auto-tool-choice/i,
    advice: "Set OPENAI_COMPATIBLE_TOOLS=off and start again.",
  },
};

const listingLifeMs = 60_000;
/** A server that was just started is seen soon. */
const failedListingLifeMs = 5_000;
const listingTimeoutMs = 5_000;
/** Servers that do not tell their context are mostly local ones, and their defaults are small. */
const assumedContextTokens = 32_768;
const maxOutputTokens = 8_192;

/** Local servers send their headers only after they have loaded the model and read the prompt. */
const ownLimits: HttpLimits = { ...defaultHttpLimits, headerTimeoutMs: 180_000 };

/** A listing is trusted with no more than names and the context length, which servers call differently. */
const modelListing = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      max_model_len: z.number().int().positive().nullish().catch(null),
      context_length: z.number().int().positive().nullish().catch(null),
      context_window: z.number().int().positive().nullish().catch(null),
    }),
  ),
});

type Listing =
  | { status: "read"; models: { name: string; contextTokens: number }[] }
  | { status: "failed"; reason: string };

/** Any server that speaks OpenAI's chat completions: Ollama, vLLM, LM Studio, llama.cpp, OpenRouter and so on. */
export function createCompatibleVendor({
  config,
  vendorKey,
  clock,
  fetch,
  limits = ownLimits,
}: {
  config: ModelConfig;
  vendorKey: VendorKey | undefined;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  limits?: HttpLimits | undefined;
}): Vendor {
  const { compatibleBaseUrl: baseUrl, compatibleTools } = config;
  const apiKey = readKeyValue(vendorKey);
  const givenNames = config.compatibleModels ?? [];
  const secrets = apiKey === undefined ? [] : [apiKey];
  const guardedFetch = baseUrl === undefined ? undefined : createGuardedFetch({ baseUrl, secrets, fetch, limits });
  let listing: { promise: Promise<Listing>; endsAtMs: number } | null = null;

  function describe({
    name,
    contextTokens,
    reason,
  }: {
    name: string;
    contextTokens: number;
    reason?: string;
  }): ModelDescription {
    return {
      modelId: `compatible:${name}` as ModelId,
      label: name,
      provider: "compatible",
      isAvailable: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      supportsTools: compatibleTools === "on",
      contextTokens,
      maxOutputTokens,
    };
  }

  async function askForModels(): Promise<Listing> {
    if (baseUrl === undefined || guardedFetch === undefined)
      return { status: "failed", reason: "Set OPENAI_COMPATIBLE_BASE_URL and start again to use this model." };
    try {
      const response = await guardedFetch(`${baseUrl.replace(/\/+$/, "")}/models`, {
        headers: apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` },
        signal: AbortSignal.timeout(listingTimeoutMs),
      });
      if (!response.ok) {
        await response.body?.cancel();
        return {
          status: "failed",
          reason: `The model server did not list its models (HTTP ${response.status}). Check its key, or name the models in OPENAI_COMPATIBLE_MODELS.`,
        };
      }
      const { data } = modelListing.parse(await response.json());
      const models = data.map(({ id, max_model_len, context_length, context_window }) => ({
        name: id,
        contextTokens: max_model_len ?? context_length ?? context_window ?? assumedContextTokens,
      }));
      return { status: "read", models };
    } catch {
      return {
        status: "failed",
        reason:
          "The model server did not list its models. Check that it runs at OPENAI_COMPATIBLE_BASE_URL, or name the models in OPENAI_COMPATIBLE_MODELS.",
      };
    }
  }

  async function readListing(): Promise<Listing> {
    if (listing === null || clock.now() >= listing.endsAtMs)
      listing = { promise: askForModels(), endsAtMs: clock.now() + listingLifeMs };
    const asked = listing;
    const result = await asked.promise;
    if (result.status === "failed") asked.endsAtMs = Math.min(asked.endsAtMs, clock.now() + failedListingLifeMs);
    return result;
  }

  return {
    facts: compatibleFacts,
    hasAddress: baseUrl !== undefined,
    async list() {
      if (baseUrl === undefined) return [];
      if (givenNames.length > 0)
        return givenNames.map((name) => describe({ name, contextTokens: assumedContextTokens }));
      const result = await readListing();
      if (result.status === "read") return result.models.map(describe);
      return [
        {
          ...describe({ name: "unknown", contextTokens: assumedContextTokens, reason: result.reason }),
          label: "Compatible server",
        },
      ];
    },
    async find(name) {
      if (baseUrl !== undefined && givenNames.includes(name))
        return describe({ name, contextTokens: assumedContextTokens });
      const result = await readListing();
      if (result.status === "failed")
        return describe({ name, contextTokens: assumedContextTokens, reason: result.reason });
      const model = result.models.find((listed) => listed.name === name);
      return model === undefined ? null : describe(model);
    },
    open(description) {
      if (baseUrl === undefined || guardedFetch === undefined) throw new Error("No base URL is configured.");
      const provider = createOpenAICompatible({
        name: "compatible",
        baseURL: baseUrl,
        apiKey: apiKey ?? "",
        includeUsage: true,
        fetch: guardedFetch,
      });
      return {
        description,
        languageModel: provider.chatModel(description.modelId.slice("compatible:".length)),
        price: null,
        callStyle: { userParts: "joined", promptCache: "automatic", failedResults: "marked", promptLength: "checked" },
      };
    },
  };
}
