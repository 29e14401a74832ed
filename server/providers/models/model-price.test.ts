import { describe, expect, test } from "vitest";
import { computeCostUsd } from "./model-price.ts";

const price = {
  pricing: { inputUsdPerMillion: 2, outputUsdPerMillion: 10, cachedInputUsdPerMillion: 0.2 },
  longPrompt: { aboveInputTokens: 200_000, pricing: { inputUsdPerMillion: 4, outputUsdPerMillion: 15 } },
};

describe("computeCostUsd", () => {
  test("prices fresh, cached and cache-written tokens separately", () => {
    const tokens = { inputTokens: 100_000, cachedInputTokens: 60_000, cacheWriteTokens: 20_000, outputTokens: 5_000 };
    expect(computeCostUsd({ price, tokens })).toBeCloseTo(0.02 * 2 + 0.06 * 0.2 + 0.02 * 2.5 + 0.005 * 10, 10);
  });

  test("applies the long-prompt price to the whole prompt, and the fresh price to cached tokens without their own", () => {
    const tokens = { inputTokens: 200_000, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
    expect(computeCostUsd({ price, tokens })).toBeCloseTo(0.4, 10);
    expect(
      computeCostUsd({ price, tokens: { ...tokens, inputTokens: 200_001, cachedInputTokens: 100_000 } }),
    ).toBeCloseTo(0.800004, 10);
  });
});
