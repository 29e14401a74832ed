import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { ModelPrice } from "./model-price.ts";
import type { CallStyle, Vendor, VendorFacts, VendorKey } from "./vendor.ts";
import { readKeyValue } from "./vendor-keys.ts";

export type HostedModel = {
  name: string;
  label: string;
  contextTokens: number;
  maxOutputTokens: number;
  price: ModelPrice;
};

/** A vendor with a key and a list of models that is known beforehand. With a key, any other name is passed on as it is. */
export function createHostedVendor({
  facts,
  vendorKey,
  models,
  otherModels,
  callStyle,
  createLanguageModel,
}: {
  facts: VendorFacts;
  vendorKey: VendorKey | undefined;
  models: readonly HostedModel[];
  /** What is assumed of a model that is not on the list. */
  otherModels: { contextTokens: number; maxOutputTokens: number };
  callStyle: CallStyle;
  createLanguageModel: (options: { name: string; apiKey: string }) => LanguageModelV4;
}): Vendor {
  const { provider, keyVariable } = facts;
  const apiKey = readKeyValue(vendorKey);
  const availability =
    apiKey === undefined
      ? { isAvailable: false, reason: describeMissing({ vendorKey, keyVariable }) }
      : { isAvailable: true };

  function describe(name: string): ModelDescription {
    const known = models.find((model) => model.name === name);
    return {
      modelId: `${provider}:${name}` as ModelId,
      label: known?.label ?? name,
      provider,
      ...availability,
      supportsTools: true,
      contextTokens: known?.contextTokens ?? otherModels.contextTokens,
      maxOutputTokens: known?.maxOutputTokens ?? otherModels.maxOutputTokens,
      ...(known === undefined ? {} : { pricing: known.price.pricing }),
    };
  }

  return {
    facts,
    hasAddress: true,
    list: async () => models.map(({ name }) => describe(name)),
    find: async (name) => describe(name),
    open(description) {
      const name = description.modelId.slice(provider.length + 1);
      return {
        description,
        languageModel: createLanguageModel({ name, apiKey: apiKey ?? "" }),
        price: models.find((model) => model.name === name)?.price ?? null,
        callStyle,
      };
    },
  };
}

function describeMissing({
  vendorKey,
  keyVariable,
}: {
  vendorKey: VendorKey | undefined;
  keyVariable: string | null;
}): string {
  return vendorKey === undefined
    ? `Paste a key in the settings, or set ${keyVariable} and start again, to use this model.`
    : "The stored key cannot be read on this host. Paste it again in the settings to use this model.";
}
