import type { Clock } from "../../clock.ts";
import { createGuardedFetch, selfHostedLimits, type HttpLimits } from "../../calls/guarded-fetch.ts";
import type { ModelConfig } from "../../model-config.ts";
import { createModelListing } from "../../models/model-listing.ts";
import { createListedVendor, listingLifeMs, type ModelServer } from "../listed-vendor.ts";
import { readKeyValue } from "../vendor-keys.ts";
import type { Vendor, VendorFacts, VendorKey } from "../vendor.ts";
import { listOllamaModels } from "./list-ollama-models.ts";
import { createOllamaModel } from "./ollama-model.ts";
import type { OllamaServer } from "./ollama-server.ts";

const ollamaFacts: VendorFacts = {
  provider: "ollama",
  label: "Ollama",
  subject: "Ollama",
  keyVariable: "OLLAMA_API_KEY",
  addressVariable: "OLLAMA_BASE_URL",
  maxCallsAtOnce: 4,
  noTools: null,
};

/** Ollama reserves memory for the whole context when it loads a model, so the longest context may not fit a machine. */
const defaultContextTokens = 32_768;

/**
 * Ollama, through its own API. Its endpoint for chat completions has no field for the context length, and the default
 * of 4,096 tokens cuts prompts without reporting it.
 */
export function createOllamaVendor({
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
  const baseUrl = config.baseUrls?.ollama;
  const maxContextTokens = config.ollamaContextTokens ?? defaultContextTokens;

  function connect(url: string): ModelServer {
    const apiKey = readKeyValue(vendorKey);
    const secrets = apiKey === undefined ? [] : [apiKey];
    const server: OllamaServer = {
      apiUrl: `${withoutPath(url)}/api`,
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      fetch: createGuardedFetch({ baseUrl: withoutPath(url), secrets, fetch, limits }),
    };
    return {
      listing: createModelListing({
        url: `${server.apiUrl}/tags`,
        headers: server.headers,
        parse: (body) => listOllamaModels({ body, server, maxContextTokens }),
        lifeMs: listingLifeMs,
        clock,
        fetch: server.fetch,
      }),
      createLanguageModel: ({ name, description }) => createOllamaModel({ name, description, server }),
    };
  }

  return createListedVendor({
    facts: ollamaFacts,
    server: baseUrl === undefined ? null : connect(baseUrl),
    vendorKey,
    needsKey: false,
    // For versions before 0.6.4, which do not tell whether a model takes tools: such a model answers in text blocks.
    assumed: { contextTokens: 8_192, maxOutputTokens: 2_048, supportsTools: false },
    explainFailure: ({ httpStatus }) =>
      httpStatus === null
        ? "Ollama did not list its models. Check that it runs at OLLAMA_BASE_URL."
        : `Ollama did not list its models (HTTP ${httpStatus}). Check OLLAMA_BASE_URL and the key.`,
    callStyle: { userParts: "joined", promptCache: "automatic", failedResults: "marked", promptLength: "checked" },
  });
}

/** Other tools expect the address of Ollama's endpoint for chat completions, which ends with `/v1`. */
function withoutPath(url: string): string {
  return url.replace(/\/+(?:(?:v1|api)\/*)?$/, "");
}
