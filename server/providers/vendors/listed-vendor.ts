import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import { findModelFacts, priceDataSet } from "../models/model-facts.ts";
import type { ListedModel, Listing, ModelListing } from "../models/model-listing.ts";
import type { ModelPrice } from "../models/model-price.ts";
import { describeMissingKey, readKeyValue } from "./vendor-keys.ts";
import type { CallStyle, Vendor, VendorFacts, VendorKey } from "./vendor.ts";

/** After this time, a server is asked again for its list of models. */
export const listingLifeMs = 60_000;

/** Defaults for models whose vendor does not list these values. */
type AssumedModel = { contextTokens: number; maxOutputTokens: number; supportsTools: boolean };

/** What a vendor's protocol supplies. */
export type ModelServer = {
  listing: ModelListing;
  createLanguageModel(model: { name: string; description: ModelDescription }): LanguageModelV4;
};

export type ListedVendorOptions = {
  facts: VendorFacts;
  vendorKey: VendorKey | undefined;
  needsKey: boolean;
  /** The models to list, if the operator named them. */
  names?: readonly string[] | undefined;
  assumed: AssumedModel;
  /** What a user can do if the list could not be read. */
  explainFailure: (failure: Extract<Listing, { status: "failed" }>) => string;
  callStyle: CallStyle;
};

/** A vendor whose server lists its models. `server` is null if the operator must set the address and did not. */
export function createListedVendor({
  facts,
  server,
  vendorKey,
  needsKey,
  names = [],
  assumed,
  explainFailure,
  callStyle,
}: ListedVendorOptions & { server: ModelServer | null }): Vendor {
  const { provider, label, subject, keyVariable, addressVariable } = facts;
  const missing =
    server === null
      ? `Set ${addressVariable ?? "its address"} and start again to use this model.`
      : needsKey && readKeyValue(vendorKey) === undefined
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
    return (await server?.listing.read()) ?? { status: "failed", httpStatus: null };
  }

  function placeholder(reason: string): ModelDescription {
    return { ...describe({ model: { name: "unknown" }, reason }), label };
  }

  return {
    facts,
    hasAddress: server !== null,
    async list() {
      if (server === null || (needsKey && vendorKey === undefined)) return [];
      if (missing !== null) return [placeholder(missing)];
      if (names.length > 0) return names.map((name) => describe({ model: { name } }));
      const result = await server.listing.peek();
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
      if (server === null) throw new Error("No base URL is configured.");
      const name = description.modelId.slice(provider.length + 1);
      const { pricing, pricingSource } = description;
      const known = pricingSource === priceDataSet ? findModelFacts({ provider, name }) : null;
      return {
        description,
        languageModel: server.createLanguageModel({ name, description }),
        price: known?.price ?? (pricing === undefined ? null : { pricing }),
        callStyle,
      };
    },
  };
}
