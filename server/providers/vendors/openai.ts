import { createOpenAI } from "@ai-sdk/openai";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { createGuardedFetch, defaultHttpLimits, type HttpLimits } from "../calls/guarded-fetch.ts";
import { createHostedVendor, type HostedModel } from "./hosted-vendor.ts";
import type { ModelConfig } from "../model-config.ts";
import { findModelFacts } from "../models/model-facts.ts";
import { createModelListing } from "../models/model-listing.ts";
import { readKeyValue } from "./vendor-keys.ts";
import type { Vendor, VendorFacts, VendorKey } from "./vendor.ts";

const openaiFacts: VendorFacts = {
  provider: "openai",
  label: "OpenAI",
  subject: "OpenAI",
  keyVariable: "OPENAI_API_KEY",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

const ownBaseUrl = "https://api.openai.com/v1";

const listingLifeMs = 3_600_000;

const modelListing = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

/** Listed models that do not take and write text. */
const otherPurpose = /embedding|image|audio|realtime|transcribe|tts|search|moderation/;

/**
 * Limits and prices from developers.openai.com/api/docs, November 2026. A prompt above 272,000 tokens makes the whole
 * call more expensive.
 */
const models: readonly HostedModel[] = [
  {
    name: "gpt-6.1-sol",
    label: "GPT-6.1 Sol",
    contextTokens: 1_050_000,
    maxOutputTokens: 128_000,
    price: {
      pricing: { inputUsdPerMillion: 2, outputUsdPerMillion: 10, cachedInputUsdPerMillion: 0.1 },
      longPrompt: {
        aboveInputTokens: 272_000,
        pricing: { inputUsdPerMillion: 4, outputUsdPerMillion: 15, cachedInputUsdPerMillion: 0.2 },
      },
    },
  },
  {
    name: "gpt-6.1-terra",
    label: "GPT-6.1 Terra",
    contextTokens: 1_050_000,
    maxOutputTokens: 128_000,
    price: {
      pricing: { inputUsdPerMillion: 1, outputUsdPerMillion: 5, cachedInputUsdPerMillion: 0.05 },
      longPrompt: {
        aboveInputTokens: 272_000,
        pricing: { inputUsdPerMillion: 2, outputUsdPerMillion: 7.5, cachedInputUsdPerMillion: 0.1 },
      },
    },
  },
];

/** Its reasoning models send nothing while they think, which takes minutes. */
const ownLimits: HttpLimits = { ...defaultHttpLimits, idleTimeoutMs: 300_000 };

/** OpenAI's models, through its responses API. */
export function createOpenaiVendor({
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
  const baseUrl = config.baseUrls?.openai ?? ownBaseUrl;
  const key = readKeyValue(vendorKey) ?? "";
  const guardedFetch = createGuardedFetch({ baseUrl, secrets: [key], fetch, limits });
  return createHostedVendor({
    facts: openaiFacts,
    vendorKey,
    models,
    documentedIn: "November 2026",
    listing: createModelListing({
      url: `${baseUrl.replace(/\/+$/, "")}/models`,
      headers: { Authorization: `Bearer ${key}` },
      // The list contains only names, of models of every purpose.
      parse: (body) =>
        modelListing
          .parse(body)
          .data.map(({ id }) => ({ name: id }))
          .filter(({ name }) => !otherPurpose.test(name) && findModelFacts({ provider: "openai", name }) !== null),
      lifeMs: listingLifeMs,
      clock,
      fetch: guardedFetch,
    }),
    otherModels: { contextTokens: 128_000, maxOutputTokens: 16_000 },
    callStyle: {
      userParts: "separate",
      promptCache: "automatic",
      failedResults: "plain",
      promptLength: "trusted",
      // Nothing of a project is stored on the vendor's servers; reasoning comes back encrypted, and Graft sends it
      // again.
      providerOptions: { openai: { store: false } },
    },
    createLanguageModel: ({ name, apiKey }) =>
      createOpenAI({
        apiKey,
        baseURL: baseUrl,
        fetch: guardedFetch,
      }).responses(name),
  });
}
