import { z } from "zod";
import { createHostedChatVendor, type HostedChatOptions } from "./hosted-chat.ts";
import { toPrice, usdPerToken } from "../models/token-price.ts";
import type { Vendor, VendorFacts } from "./vendor.ts";

const openrouterFacts: VendorFacts = {
  provider: "openrouter",
  label: "OpenRouter",
  subject: "OpenRouter",
  keyVariable: "OPENROUTER_API_KEY",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

const tokenPricing = z.object({
  prompt: usdPerToken,
  completion: usdPerToken,
  input_cache_read: usdPerToken.optional(),
});

/** Prices are US dollars per token, as decimal strings. */
const modelListing = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().optional(),
      context_length: z.number().int().positive().nullish().catch(null),
      top_provider: z.object({ max_completion_tokens: z.number().int().positive().nullish().catch(null) }).optional(),
      architecture: z
        .object({ input_modalities: z.array(z.string()) })
        .nullish()
        .catch(null),
      supported_parameters: z.array(z.string()).optional(),
      pricing: tokenPricing.optional().catch(undefined),
    }),
  ),
});

/** The models of many vendors behind one key. */
export function createOpenrouterVendor(options: HostedChatOptions): Vendor {
  return createHostedChatVendor({
    ...options,
    facts: openrouterFacts,
    ownBaseUrl: "https://openrouter.ai/api/v1",
    readListing: (body) =>
      modelListing
        .parse(body)
        .data.filter(({ supported_parameters }) => supported_parameters?.includes("tools") ?? true)
        .map(({ id, name, context_length, top_provider, architecture, pricing }) => ({
          name: id,
          label: name,
          contextTokens: context_length ?? undefined,
          supportsImages: architecture?.input_modalities.includes("image"),
          maxOutputTokens: top_provider?.max_completion_tokens ?? undefined,
          price:
            pricing && toPrice({ input: pricing.prompt, output: pricing.completion, cached: pricing.input_cache_read }),
        })),
  });
}
