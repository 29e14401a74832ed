import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import type { Vendor, VendorFacts } from "./vendor.ts";

const builtinFacts: VendorFacts = {
  provider: "builtin",
  label: "Built in",
  subject: "The built-in generator",
  keyVariable: null,
  addressVariable: null,
  maxCallsAtOnce: 64,
  noTools: null,
};

const scaffold: ModelDescription = {
  modelId: "builtin:scaffold" as ModelId,
  label: "Scaffold (built in, rule-based, offline)",
  provider: "builtin",
  isAvailable: true,
  supportsTools: true,
  supportsImages: false,
  pricing: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 },
  // Rules have no context window; these values keep the budgets computed from them reasonable.
  contextTokens: 1_000_000,
  maxOutputTokens: 1_000_000,
};

/** The generator that needs no key and no network. */
export function createBuiltinVendor(languageModel: LanguageModelV4): Vendor {
  return {
    facts: builtinFacts,
    hasAddress: true,
    list: async () => [scaffold],
    find: async (name) => (scaffold.modelId === `builtin:${name}` ? scaffold : null),
    open: (description) => ({
      description,
      languageModel,
      price: { pricing: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } },
      callStyle: { userParts: "separate", promptCache: "automatic", failedResults: "marked", promptLength: "trusted" },
    }),
  };
}
