import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import { findModelFacts, type ModelFacts, priceDataSet } from "../models/model-facts.ts";
import type { ListedModel, ModelListing } from "../models/model-listing.ts";
import type { ModelPrice } from "../models/model-price.ts";
import { describeMissingKey, readKeyValue } from "./vendor-keys.ts";
import type { CallStyle, Vendor, VendorFacts, VendorKey } from "./vendor.ts";

/** A model that is offered before the vendor's list is read. Its own figures count only if the data set has none. */
export type HostedModel = {
  name: string;
  label: string;
  maxOutputTokens: number;
  /** As in the vendor's documentation, read in `documentedIn`. */
  contextTokens: number;
  price: ModelPrice;
};

/** A vendor with a key, some built-in models, and a list of all. Any other name is passed on unchanged. */
export function createHostedVendor({
  facts,
  vendorKey,
  models,
  documentedIn,
  otherModels,
  listing,
  callStyle,
  createLanguageModel,
}: {
  facts: VendorFacts;
  vendorKey: VendorKey | undefined;
  models: readonly HostedModel[];
  /** When the figures of `models` were read: `November 2026`. */
  documentedIn: string;
  /** Assumed for an unknown model. */
  otherModels: { contextTokens: number; maxOutputTokens: number };
  /** The models that can be called with the key and that write code. */
  listing: ModelListing;
  callStyle: CallStyle;
  createLanguageModel: (options: { name: string; apiKey: string }) => LanguageModelV4;
}): Vendor {
  const { provider, label, keyVariable } = facts;
  const apiKey = readKeyValue(vendorKey);
  const availability =
    apiKey === undefined
      ? { isAvailable: false, reason: describeMissingKey({ vendorKey, keyVariable }) }
      : { isAvailable: true };

  /** The data set takes precedence over the vendor's documentation. */
  function factsOf(name: string): { own: HostedModel | null; facts: ModelFacts | null; pricingSource: string } {
    const own = models.find((model) => model.name === name) ?? null;
    const known = findModelFacts({ provider, name });
    return {
      own,
      facts: known === null ? own : { ...known, contextTokens: known.contextTokens ?? own?.contextTokens ?? null },
      pricingSource: known === null ? `${label}'s documentation (${documentedIn})` : priceDataSet,
    };
  }

  function describe({ name, ...listed }: ListedModel): ModelDescription {
    const { own, facts: known, pricingSource } = factsOf(name);
    return {
      modelId: `${provider}:${name}` as ModelId,
      label: own?.label ?? listed.label ?? name,
      provider,
      ...availability,
      supportsTools: true,
      supportsImages: true,
      contextTokens: listed.contextTokens ?? known?.contextTokens ?? otherModels.contextTokens,
      maxOutputTokens: listed.maxOutputTokens ?? own?.maxOutputTokens ?? otherModels.maxOutputTokens,
      ...(known === null ? {} : { pricing: known.price.pricing, pricingSource }),
    };
  }

  async function listFurther(): Promise<ListedModel[]> {
    if (apiKey === undefined) return [];
    const result = await listing.peek();
    if (result?.status !== "read") return [];
    return result.models.filter(({ name }) => !models.some((model) => model.name === name));
  }

  return {
    facts,
    hasAddress: true,
    list: async () => [...models.map(({ name }) => describe({ name })), ...(await listFurther()).map(describe)],
    find: async (name) => describe({ name }),
    open(description) {
      const name = description.modelId.slice(provider.length + 1);
      return {
        description,
        languageModel: createLanguageModel({ name, apiKey: apiKey ?? "" }),
        price: factsOf(name).facts?.price ?? null,
        callStyle,
      };
    },
  };
}
