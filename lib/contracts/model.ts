import { z } from "zod";
import { modelId, type ModelId } from "./ids.ts";
import { limits } from "./limits.ts";
import { text } from "./text.ts";

/** US dollars per million tokens. */
export type ModelPricing = {
  inputUsdPerMillion: number;
  outputUsdPerMillion: number;
  cachedInputUsdPerMillion?: number;
};

/** Those that call a model by HTTP, in the order in which their models are offered. */
const keyedProviderNames = [
  "anthropic",
  "openai",
  "google",
  "mistral",
  "bedrock",
  "openrouter",
  "gateway",
  "compatible",
] as const;
export const providerNames = ["builtin", ...keyedProviderNames] as const;
export type ProviderName = (typeof providerNames)[number];

export type ModelInfo = {
  modelId: ModelId;
  label: string;
  provider: ProviderName;
  isAvailable: boolean;
  /** Why it is not available, and what to do. */
  reason?: string;
  supportsTools: boolean;
  /** Whether images may be attached to a prompt for it. */
  supportsImages: boolean;
  /** Absent where the price is not known. */
  pricing?: ModelPricing;
  /** Where the price is from, and of when. */
  pricingSource?: string;
};

/** A model as it is offered; `isDefault` marks the one that a request without a model gets. */
export type ModelOutput = ModelInfo & { isDefault: boolean };

/** Tokens; `costUsd` is absent where the price is unknown. `durationMs` is the time spent in model calls. */
export type ModelUsage = {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  modelCalls: number;
  durationMs: number;
  costUsd?: number;
};

/** What runs may cost, in US dollars; null where there is no limit. */
export type SpendingLimits = { runUsd: number | null; dayUsd: number | null };

/**
 * The limits that hold. `own` are the person's, `host` those of who runs Graft, and of each the lower one holds.
 * `spentUsd` is what the runs of the last 24 hours cost, as far as their prices are known.
 */
export type SpendingOutput = SpendingLimits & { own: SpendingLimits; host: SpendingLimits; spentUsd: number };

const limitUsd = z.number().positive().max(100_000).nullable();

/** What is left out stays as it is; null takes a limit away. */
export const modelSetSpendingInput = z.object({ runUsd: limitUsd.optional(), dayUsd: limitUsd.optional() });
export type ModelSetSpendingInput = z.infer<typeof modelSetSpendingInput>;

/** `answer` is the start of what the model said; `durationMs` the time until the whole answer was there. */
export type ModelTestOutput = { answer: string; durationMs: number };

/**
 * A provider that takes a key. The key itself is never given to a client. `environment` wins over a stored one;
 * `unreadable` is a stored one that this host's key file does not open.
 */
export type ProviderOutput = {
  provider: ProviderName;
  label: string;
  /** The variables of the environment that set its key and its address; null where there is no such variable. */
  keyVariable: string | null;
  addressVariable: string | null;
  hasAddress: boolean;
  keySource: "environment" | "stored" | "unreadable" | "none";
  /** When a key was pasted, also where the environment's counts; null where none is stored. */
  storedAt: string | null;
  /** The model that a test asks; null where the provider has none that can be called. */
  testModelId: ModelId | null;
};

/** What a header can carry. */
const apiKey = text
  .trim()
  .min(1, "Paste a key.")
  .max(limits.apiKeyCharacters, `A key has at most ${limits.apiKeyCharacters} characters. Paste the key alone.`)
  .regex(/^[\x21-\x7e]*$/, "A key has neither spaces nor line breaks nor letters beyond ASCII. Paste the key alone.");

const keyedProvider = z.enum(keyedProviderNames);
export const modelSetKeyInput = z.object({ provider: keyedProvider, key: apiKey });
export type ModelSetKeyInput = z.infer<typeof modelSetKeyInput>;
export const modelRemoveKeyInput = z.object({ provider: keyedProvider });

export const modelTestInput = z.object({ modelId });

export const noUsage: ModelUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  modelCalls: 0,
  durationMs: 0,
};
