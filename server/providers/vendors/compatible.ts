import { z } from "zod";
import { createChatVendor } from "./chat-completions.ts";
import type { Clock } from "../clock.ts";
import { selfHostedLimits, type HttpLimits } from "../calls/guarded-fetch.ts";
import type { ModelConfig } from "../model-config.ts";
import type { Vendor, VendorFacts, VendorKey } from "./vendor.ts";

const compatibleFacts: VendorFacts = {
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

/** Servers that do not report their context length are mostly local ones with small defaults. */
const assumedContextTokens = 32_768;
const maxOutputTokens = 8_192;

/** Only names and the context length are read from a listing. Servers use different names for the context length. */
const modelListing = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      max_model_len: z.number().int().positive().nullish().catch(null),
      context_length: z.number().int().positive().nullish().catch(null),
      context_window: z.number().int().positive().nullish().catch(null),
      // The form of OpenRouter and servers that follow it.
      architecture: z
        .object({ input_modalities: z.array(z.string()) })
        .nullish()
        .catch(null),
    }),
  ),
});

/** Any server with OpenAI's chat completions API: vLLM, LM Studio, llama.cpp and so on. */
export function createCompatibleVendor({
  config,
  vendorKey,
  clock,
  fetch,
  limits = selfHostedLimits,
}: {
  config: ModelConfig;
  vendorKey: VendorKey | undefined;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  limits?: HttpLimits | undefined;
}): Vendor {
  return createChatVendor({
    facts: compatibleFacts,
    baseUrl: config.baseUrls?.compatible,
    vendorKey,
    needsKey: false,
    names: config.compatibleModels,
    assumed: { contextTokens: assumedContextTokens, maxOutputTokens, supportsTools: config.compatibleTools === "on" },
    readListing: (body) =>
      modelListing.parse(body).data.map(({ id, max_model_len, context_length, context_window, architecture }) => ({
        name: id,
        contextTokens: max_model_len ?? context_length ?? context_window ?? undefined,
        supportsImages: architecture?.input_modalities.includes("image"),
      })),
    explainFailure: ({ httpStatus }) =>
      httpStatus === null
        ? "The model server did not list its models. Check that it runs at OPENAI_COMPATIBLE_BASE_URL, or name the models in OPENAI_COMPATIBLE_MODELS."
        : `The model server did not list its models (HTTP ${httpStatus}). Check its key, or name the models in OPENAI_COMPATIBLE_MODELS.`,
    callStyle: { userParts: "joined", promptCache: "automatic", failedResults: "marked", promptLength: "checked" },
    clock,
    fetch,
    limits,
  });
}
