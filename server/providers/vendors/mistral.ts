import { z } from "zod";
import { createHostedChatVendor, type HostedChatOptions } from "./hosted-chat.ts";
import type { Vendor, VendorFacts } from "./vendor.ts";

const mistralFacts: VendorFacts = {
  provider: "mistral",
  label: "Mistral",
  subject: "Mistral",
  keyVariable: "MISTRAL_API_KEY",
  addressVariable: null,
  maxCallsAtOnce: 16,
  noTools: null,
};

/** Aliases are listed beside the models that they name. */
const modelListing = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      max_context_length: z.number().int().positive().nullish().catch(null),
      capabilities: z.object({
        completion_chat: z.boolean(),
        function_calling: z.boolean(),
        vision: z.boolean().optional(),
      }),
    }),
  ),
});

/** Mistral's models, through its endpoint for chat completions. */
export function createMistralVendor(options: HostedChatOptions): Vendor {
  return createHostedChatVendor({
    ...options,
    facts: mistralFacts,
    ownBaseUrl: "https://api.mistral.ai/v1",
    readListing: (body) =>
      modelListing
        .parse(body)
        .data.filter(({ capabilities }) => capabilities.completion_chat)
        .map(({ id, max_context_length, capabilities }) => ({
          name: id,
          contextTokens: max_context_length ?? undefined,
          supportsTools: capabilities.function_calling,
          supportsImages: capabilities.vision,
        })),
  });
}
