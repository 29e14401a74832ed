import { createAnthropic } from "@ai-sdk/anthropic";
import { createGuardedFetch, type HttpLimits } from "./guarded-fetch.ts";
import { createHostedVendor, type HostedModel } from "./hosted-vendor.ts";
import type { ModelConfig } from "./model-config.ts";
import type { Vendor, VendorFacts, VendorKey } from "./vendor.ts";

export const anthropicFacts: VendorFacts = {
  provider: "anthropic",
  label: "Anthropic",
  subject: "Anthropic",
  keyVariable: "ANTHROPIC_API_KEY",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

const ownBaseUrl = "https://api.anthropic.com/v1";

/** Limits and prices as on platform.claude.com/docs in November 2026. */
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
  fetch,
  limits,
}: {
  config: ModelConfig;
  vendorKey: VendorKey | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  limits?: HttpLimits | undefined;
}): Vendor {
  const baseUrl = config.anthropicBaseUrl === undefined ? ownBaseUrl : withVersion(config.anthropicBaseUrl);
  return createHostedVendor({
    facts: anthropicFacts,
    vendorKey,
    models,
    otherModels: { contextTokens: 200_000, maxOutputTokens: 32_000 },
    callStyle: { userParts: "separate", promptCache: "marked", failedResults: "marked", promptLength: "trusted" },
    createLanguageModel: ({ name, apiKey }) =>
      createAnthropic({
        apiKey,
        baseURL: baseUrl,
        fetch: createGuardedFetch({ baseUrl, secrets: [apiKey], fetch, limits }),
      })(name),
  });
}

/** Anthropic's own tools take this address without the version, and many machines have it set for them. */
function withVersion(baseUrl: string): string {
  const url = new URL(baseUrl);
  return url.pathname === "/" ? `${url.origin}/v1` : baseUrl;
}
