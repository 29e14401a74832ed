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
  "ollama",
  "compatible",
] as const;
export const providerNames = ["builtin", ...keyedProviderNames] as const;
export type ProviderName = (typeof providerNames)[number];

export type ModelInfo = {
  modelId: ModelId;
  label: string;
  provider: ProviderName;
  isAvailable: boolean;
  /** Why it is unavailable, and what the user can do. */
  reason?: string;
  supportsTools: boolean;
  /** Whether a prompt to this model can have image attachments. */
  supportsImages: boolean;
  /** Absent if the price is unknown. */
  pricing?: ModelPricing;
  /** The source and date of the price. */
  pricingSource?: string;
};

/** A model that users can choose. `isDefault` marks the one used by requests without a model. */
export type ModelOutput = ModelInfo & { isDefault: boolean };

/** Tokens. `costUsd` is absent if the price is unknown. `durationMs` is the time spent in model calls. */
export type ModelUsage = {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  modelCalls: number;
  durationMs: number;
  costUsd?: number;
};

/** Spending limits for runs, in US dollars; null for no limit. */
export type SpendingLimits = { runUsd: number | null; dayUsd: number | null };

/**
 * The effective limits. `own` are set by the user, `host` by the operator; the lower one applies. `spentUsd` is the
 * cost of the runs of the last 24 hours, as far as prices are known.
 */
export type SpendingOutput = SpendingLimits & { own: SpendingLimits; host: SpendingLimits; spentUsd: number };

const limitUsd = z.number().positive().max(100_000).nullable();

/** Omitted fields stay unchanged; null removes a limit. */
export const modelSetSpendingInput = z.object({ runUsd: limitUsd.optional(), dayUsd: limitUsd.optional() });
export type ModelSetSpendingInput = z.infer<typeof modelSetSpendingInput>;

/** `answer` is the start of the model's answer; `durationMs` is the time until the answer was complete. */
export type ModelTestOutput = { answer: string; durationMs: number };

/**
 * A provider that needs an API key. The key itself is never sent to a client. `environment` takes precedence over a
 * stored key; `unreadable` means that this host's key file cannot decrypt the stored key.
 */
export type ProviderOutput = {
  provider: ProviderName;
  label: string;
  /** The environment variables for its key and its address; null if it has none. */
  keyVariable: string | null;
  addressVariable: string | null;
  hasAddress: boolean;
  keySource: "environment" | "stored" | "unreadable" | "none";
  /** When a key was pasted, even if the environment overrides it; null if no key is stored. */
  storedAt: string | null;
  /** The model that a connection test calls; null if the provider has no callable model. */
  testModelId: ModelId | null;
};

/** Characters that an HTTP header value can contain. */
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
