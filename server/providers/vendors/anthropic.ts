import { createAnthropic } from "@ai-sdk/anthropic";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { createGuardedFetch, type HttpLimits } from "../calls/guarded-fetch.ts";
import { createHostedVendor, type HostedModel } from "./hosted-vendor.ts";
import type { ModelConfig } from "../model-config.ts";
import { createModelListing } from "../models/model-listing.ts";
import { readKeyValue } from "./vendor-keys.ts";
import type { Vendor, VendorFacts, VendorKey } from "./vendor.ts";

const anthropicFacts: VendorFacts = {
  provider: "anthropic",
  label: "Anthropic",
  subject: "Anthropic",
  keyVariable: "ANTHROPIC_API_KEY",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

const ownBaseUrl = "https://api.anthropic.com/v1";

const listingLifeMs = 3_600_000;

const modelListing = z.object({
  data: z.array(z.object({ id: z.string().min(1), display_name: z.string().optional() })),
});

/** Limits and prices from platform.claude.com/docs, November 2026. */
const models: readonly HostedModel[] = [
  {
    name: "claude-sonnet-5-5",
    label: "Claude Sonnet 5.5",
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    price: { pricing: { inputUsdPerMillion: 2, outputUsdPerMillion: 10, cachedInputUsdPerMillion: 0.2 } },
  },
  {
    name: "claude-opus-5-5",
    label: "Claude Opus 5.5",
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    price: { pricing: { inputUsdPerMillion: 4, outputUsdPerMillion: 20, cachedInputUsdPerMillion: 0.2 } },
  },
  {
    name: "claude-haiku-5-5",
    label: "Claude Haiku 5.5",
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    price: {
      pricing: { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.5, cachedInputUsdPerMillion: 0.01 },
      longPrompt: {
        aboveInputTokens: 100_000,
        pricing: { inputUsdPerMillion: 0.5, outputUsdPerMillion: 2.5, cachedInputUsdPerMillion: 0.05 },
      },
    },
  },
];

/** Claude, through Anthropic's messages API. */
export function createAnthropicVendor({
  config,
  vendorKey,
  clock,
  fetch,
  limits,
}: {
  config: ModelConfig;
  vendorKey: VendorKey | undefined;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  limits?: HttpLimits | undefined;
}): Vendor {
  const baseUrl = config.baseUrls?.anthropic === undefined ? ownBaseUrl : withVersion(config.baseUrls.anthropic);
  const key = readKeyValue(vendorKey) ?? "";
  const guardedFetch = createGuardedFetch({ baseUrl, secrets: [key], fetch, limits });
  return createHostedVendor({
    facts: anthropicFacts,
    vendorKey,
    models,
    documentedIn: "November 2026",
    listing: createModelListing({
      url: `${baseUrl.replace(/\/+$/, "")}/models?limit=1000`,
      headers: { "x-api-key": key, "anthropic-version": "2023-06-01" },
      parse: (body) => modelListing.parse(body).data.map(({ id, display_name }) => ({ name: id, label: display_name })),
      lifeMs: listingLifeMs,
      clock,
      fetch: guardedFetch,
    }),
    otherModels: { contextTokens: 200_000, maxOutputTokens: 32_000 },
    callStyle: { userParts: "separate", promptCache: "marked", failedResults: "marked", promptLength: "trusted" },
    createLanguageModel: ({ name, apiKey }) =>
      createAnthropic({
        apiKey,
        baseURL: baseUrl,
        fetch: guardedFetch,
      })(name),
  });
}

/** Anthropic's own tools expect this address without the version, and many machines have it set for them. */
function withVersion(baseUrl: string): string {
  const url = new URL(baseUrl);
  return url.pathname === "/" ? `${url.origin}/v1` : baseUrl;
}
