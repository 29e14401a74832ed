import { createChatVendor } from "./chat-completions.ts";
import type { Clock } from "../clock.ts";
import { defaultHttpLimits, type HttpLimits } from "../calls/guarded-fetch.ts";
import type { ModelConfig } from "../model-config.ts";
import type { ListedModel } from "../models/model-listing.ts";
import type { Vendor, VendorFacts, VendorKey } from "./vendor.ts";

export type HostedChatOptions = {
  config: ModelConfig;
  vendorKey: VendorKey | undefined;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  limits?: HttpLimits | undefined;
};

/** Assumed for a model whose vendor reports nothing; small enough for every current model. */
const assumed = { contextTokens: 128_000, maxOutputTokens: 8_192, supportsTools: true };

/** A hosted service with the chat completions API, a key, and a list of its models. */
export function createHostedChatVendor({
  config,
  facts,
  ownBaseUrl,
  readListing,
  limits = defaultHttpLimits,
  ...options
}: HostedChatOptions & {
  facts: VendorFacts;
  ownBaseUrl: string;
  readListing: (body: unknown) => ListedModel[];
}): Vendor {
  return createChatVendor({
    ...options,
    facts,
    baseUrl: config.baseUrls?.[facts.provider] ?? ownBaseUrl,
    needsKey: true,
    assumed,
    readListing,
    explainFailure: ({ httpStatus }) =>
      httpStatus === null
        ? `${facts.label} could not be reached. Check the network of this machine, then try again.`
        : `${facts.label} did not list its models (HTTP ${httpStatus}). Check the key in the settings.`,
    callStyle: { userParts: "joined", promptCache: "automatic", failedResults: "marked", promptLength: "trusted" },
    limits,
  });
}
