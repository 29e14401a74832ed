import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { Clock } from "../clock.ts";
import { createGuardedFetch, type HttpLimits } from "../calls/guarded-fetch.ts";
import { createModelListing, type ListedModel } from "../models/model-listing.ts";
import { createListedVendor, listingLifeMs, type ListedVendorOptions, type ModelServer } from "./listed-vendor.ts";
import { readKeyValue } from "./vendor-keys.ts";
import type { Vendor } from "./vendor.ts";

/**
 * A vendor with OpenAI's chat completions API that lists its models at `/models`. `baseUrl` is undefined if the
 * operator must set the address and did not.
 */
export function createChatVendor({
  baseUrl,
  readListing,
  clock,
  fetch,
  limits,
  ...options
}: ListedVendorOptions & {
  baseUrl: string | undefined;
  /** Parses the answer of `/models`. @throws Error if it is invalid */
  readListing: (body: unknown) => ListedModel[];
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  limits: HttpLimits;
}): Vendor {
  const apiKey = readKeyValue(options.vendorKey);

  function connect(url: string): ModelServer {
    const secrets = apiKey === undefined ? [] : [apiKey];
    const guardedFetch = createGuardedFetch({ baseUrl: url, secrets, fetch, limits });
    const chat = createOpenAICompatible({
      name: options.facts.provider,
      baseURL: url,
      apiKey: apiKey ?? "",
      includeUsage: true,
      fetch: guardedFetch,
    });
    return {
      listing: createModelListing({
        url: `${url.replace(/\/+$/, "")}/models`,
        headers: apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` },
        parse: readListing,
        lifeMs: listingLifeMs,
        clock,
        fetch: guardedFetch,
      }),
      createLanguageModel: ({ name }) => chat.chatModel(name),
    };
  }

  return createListedVendor({ ...options, server: baseUrl === undefined ? null : connect(baseUrl) });
}
