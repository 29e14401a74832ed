import { z } from "zod";
import { createHostedChatVendor, type HostedChatOptions } from "./hosted-chat.ts";
import { toPrice, usdPerToken } from "../models/token-price.ts";
import type { Vendor, VendorFacts } from "./vendor.ts";

const gatewayFacts: VendorFacts = {
  provider: "gateway",
  label: "Vercel AI Gateway",
  subject: "Vercel AI Gateway",
  keyVariable: "AI_GATEWAY_API_KEY",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

const tokenPricing = z.object({
  input: usdPerToken,
  output: usdPerToken,
  input_cache_read: usdPerToken.optional(),
});

/** Prices are US dollars per token, as decimal strings. */
const modelListing = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().optional(),
      type: z.string().optional(),
      context_window: z.number().int().positive().nullish().catch(null),
      max_tokens: z.number().int().positive().nullish().catch(null),
      pricing: tokenPricing.optional().catch(undefined),
    }),
  ),
});

/** The models of many vendors behind one key. */
export function createGatewayVendor(options: HostedChatOptions): Vendor {
  return createHostedChatVendor({
    ...options,
    facts: gatewayFacts,
    ownBaseUrl: "https://ai-gateway.vercel.sh/v1",
    readListing: (body) =>
      modelListing
        .parse(body)
        .data.filter(({ type }) => type === undefined || type === "language")
        .map(({ id, name, context_window, max_tokens, pricing }) => ({
          name: id,
          label: name,
          contextTokens: context_window ?? undefined,
          maxOutputTokens: max_tokens ?? undefined,
          price: pricing && toPrice({ input: pricing.input, output: pricing.output, cached: pricing.input_cache_read }),
        })),
  });
}
