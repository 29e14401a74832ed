import { z } from "zod";
import { modelId, type ModelId } from "./ids.ts";

/** US dollars per million tokens. */
export type ModelPricing = {
  inputUsdPerMillion: number;
  outputUsdPerMillion: number;
  cachedInputUsdPerMillion?: number;
};

export const providerNames = ["builtin", "anthropic", "openai", "compatible"] as const;
export type ProviderName = (typeof providerNames)[number];

export type ModelInfo = {
  modelId: ModelId;
  label: string;
  provider: ProviderName;
  isAvailable: boolean;
  /** Why it is not available, and what to do. */
  reason?: string;
  supportsTools: boolean;
  pricing?: ModelPricing;
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

/** `durationMs` is the time until the whole answer was there. */
export type ModelTestOutput = { durationMs: number };

export const modelTestInput = z.object({ modelId });

export const noUsage: ModelUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  modelCalls: 0,
  durationMs: 0,
};
