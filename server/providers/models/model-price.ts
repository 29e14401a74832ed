import type { ModelPricing } from "#lib/contracts/model.ts";

/** The factor by which writing a token to the prompt cache costs more than a fresh one. */
const cacheWriteFactor = 1.25;

export type ModelPrice = {
  pricing: ModelPricing;
  /** The prices of the whole call once its prompt is longer. */
  longPrompt?: { aboveInputTokens: number; pricing: ModelPricing };
};

type BilledTokens = {
  /** All tokens of the prompt, including cached and cache-written ones. */
  inputTokens: number;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  outputTokens: number;
};

/** US dollars for one call. */
export function computeCostUsd({ price, tokens }: { price: ModelPrice; tokens: BilledTokens }): number {
  const { pricing } =
    price.longPrompt !== undefined && tokens.inputTokens > price.longPrompt.aboveInputTokens ? price.longPrompt : price;
  const freshTokens = Math.max(0, tokens.inputTokens - tokens.cachedInputTokens - tokens.cacheWriteTokens);
  const dollarsTimesMillion =
    freshTokens * pricing.inputUsdPerMillion +
    tokens.cachedInputTokens * (pricing.cachedInputUsdPerMillion ?? pricing.inputUsdPerMillion) +
    tokens.cacheWriteTokens * pricing.inputUsdPerMillion * cacheWriteFactor +
    tokens.outputTokens * pricing.outputUsdPerMillion;
  return dollarsTimesMillion / 1_000_000;
}
