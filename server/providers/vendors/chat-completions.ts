import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { Clock } from "../clock.ts";
import { createGuardedFetch, type HttpLimits } from "../calls/guarded-fetch.ts";
import { findModelFacts, priceDataSet } from "../models/model-facts.ts";
import { createModelListing, type ListedModel, type Listing } from "../models/model-listing.ts";
import type { ModelPrice } from "../models/model-price.ts";
import { describeMissingKey, readKeyValue } from "./vendor-keys.ts";
import type { CallStyle, Vendor, VendorFacts, VendorKey } from "./vendor.ts";

const listingLifeMs = 60_000;

/** Defaults for models whose vendor does not list these values. */
type AssumedModel = { contextTokens: number; maxOutputTokens: number; supportsTools: boolean };

/**
 * A vendor with OpenAI's chat completions API that lists its models at `/models`. `baseUrl` is undefined if the
 * operator must set the address and did not.
 */
export function createChatVendor({
  facts,
  baseUrl,
  vendorKey,
  needsKey,
  names = [],
  assumed,
  readListing,
  explainFailure,
  callStyle,
  clock,
  fetch,
  limits,
}: {
  facts: VendorFacts;
  baseUrl: string | undefined;
  vendorKey: VendorKey | undefined;
  needsKey: boolean;
  /** The models to list, if the operator named them. */
  names?: readonly string[] | undefined;
  assumed: AssumedModel;
  /** Parses the answer of `/models`. @throws Error if it is invalid */
  readListing: (body: unknown) => ListedModel[];
  /** What a user can do if the list could not be read. */
  explainFailure: (failure: Extract<Listing, { status: "failed" }>) => string;
  callStyle: CallStyle;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  limits: HttpLimits;
}): Vendor {
  const { provider, label, subject, keyVariable, addressVariable } = facts;
  const apiKey = readKeyValue(vendorKey);
  const secrets = apiKey === undefined ? [] : [apiKey];
  const guardedFetch = baseUrl === undefined ? undefined : createGuardedFetch({ baseUrl, secrets, fetch, limits });
  const listing =
    baseUrl === undefined || guardedFetch === undefined
      ? null
      : createModelListing({
          url: `${baseUrl.replace(/\/+$/, "")}/models`,
          headers: apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` },
          parse: readListing,
          lifeMs: listingLifeMs,
          clock,
          fetch: guardedFetch,
        });
  const missing =
    baseUrl === undefined
      ? `Set ${addressVariable ?? "its address"} and start again to use this model.`
      : needsKey && apiKey === undefined
        ? describeMissingKey({ vendorKey, keyVariable })
        : null;

  function describe({ model, reason }: { model: ListedModel; reason?: string }): ModelDescription {
    const { price, contextTokens, pricingSource } = factsOf(model);
    return {
      modelId: `${provider}:${model.name}` as ModelId,
      label: model.label ?? model.name,
      provider,
      isAvailable: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      supportsTools: model.supportsTools ?? assumed.supportsTools,
      // A model that takes no images would fail on one or silently ignore it.
      supportsImages: model.supportsImages ?? false,
      contextTokens,
      maxOutputTokens: model.maxOutputTokens ?? assumed.maxOutputTokens,
      ...(price === null ? {} : { pricing: price.pricing, pricingSource }),
    };
  }

  /** The vendor's own data takes precedence over the data set's. */
  function factsOf(model: ListedModel): { price: ModelPrice | null; contextTokens: number; pricingSource: string } {
    const isTold = model.price !== undefined && model.contextTokens !== undefined;
    const known = isTold ? null : findModelFacts({ provider, name: model.name });
    return {
      price: model.price ?? known?.price ?? null,
      pricingSource: model.price === undefined ? priceDataSet : `${label}'s list of models`,
      contextTokens: model.contextTokens ?? known?.contextTokens ?? assumed.contextTokens,
    };
  }

  async function readModels(): Promise<Listing> {
    return (await listing?.read()) ?? { status: "failed", httpStatus: null };
  }

  function placeholder(reason: string): ModelDescription {
    return { ...describe({ model: { name: "unknown" }, reason }), label };
  }

  return {
    facts,
    hasAddress: baseUrl !== undefined,
    async list() {
      if (baseUrl === undefined || (needsKey && vendorKey === undefined)) return [];
      if (missing !== null) return [placeholder(missing)];
      if (names.length > 0) return names.map((name) => describe({ model: { name } }));
      const result = listing === null ? null : await listing.peek();
      if (result === null)
        return [placeholder(`${subject} has not told its models yet. Graft keeps trying: load the page again.`)];
      return result.status === "read"
        ? result.models.map((model) => describe({ model }))
        : [placeholder(explainFailure(result))];
    },
    async find(name) {
      if (missing !== null) return describe({ model: { name }, reason: missing });
      if (names.includes(name)) return describe({ model: { name } });
      const result = await readModels();
      const model = result.status === "read" ? result.models.find((listed) => listed.name === name) : undefined;
      if (model !== undefined) return describe({ model });
      // A hosted service accepts more names than it lists, and its error reports an unknown one.
      if (needsKey) return describe({ model: { name } });
      return result.status === "read" ? null : describe({ model: { name }, reason: explainFailure(result) });
    },
    open(description) {
      if (baseUrl === undefined || guardedFetch === undefined) throw new Error("No base URL is configured.");
      const name = description.modelId.slice(provider.length + 1);
      const { pricing, pricingSource } = description;
      const known = pricingSource === priceDataSet ? findModelFacts({ provider, name }) : null;
      const chat = createOpenAICompatible({
        name: provider,
        baseURL: baseUrl,
        apiKey: apiKey ?? "",
        includeUsage: true,
        fetch: guardedFetch,
      });
      return {
        description,
        languageModel: chat.chatModel(name),
        price: known?.price ?? (pricing === undefined ? null : { pricing }),
        callStyle,
      };
    },
  };
}
