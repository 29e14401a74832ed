import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findModelFacts, priceDataSet } from "./model-facts.ts";

test("the data set is shown with its installed version", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };
  expect(priceDataSet).toContain(`genai-prices ${dependencies["@pydantic/genai-prices"]} (`);
});

test("a model has its context and price, and so has a dated release of it", () => {
  const facts = findModelFacts({ provider: "anthropic", name: "claude-opus-4-5" });
  expect(facts).toEqual({
    contextTokens: 200_000,
    price: { pricing: { inputUsdPerMillion: 5, outputUsdPerMillion: 25, cachedInputUsdPerMillion: 0.5 } },
  });
  expect(findModelFacts({ provider: "anthropic", name: "claude-opus-4-5-20251101" })).toEqual(facts);
});

test("a long prompt has its tier's price for the whole call", () => {
  expect(findModelFacts({ provider: "google", name: "gemini-3.1-pro-preview" })?.price).toEqual({
    pricing: { inputUsdPerMillion: 2, outputUsdPerMillion: 12, cachedInputUsdPerMillion: 0.2 },
    longPrompt: {
      aboveInputTokens: 200_000,
      pricing: { inputUsdPerMillion: 4, outputUsdPerMillion: 18, cachedInputUsdPerMillion: 0.4 },
    },
  });
});

test("a model newer than the data set does not get its predecessor's price", () => {
  expect(findModelFacts({ provider: "anthropic", name: "claude-opus-5-9" })).toBeNull();
  expect(findModelFacts({ provider: "openai", name: "gpt-5.2-nonesuch" })).toBeNull();
});

test("nothing is known about a self-hosted server", () => {
  expect(findModelFacts({ provider: "compatible", name: "gpt-5.2" })).toBeNull();
  expect(findModelFacts({ provider: "gateway", name: "anthropic/claude-opus-5.5" })).toBeNull();
});
