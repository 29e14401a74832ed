import { calcPrice } from "@pydantic/genai-prices";
import type { ProviderName } from "#lib/contracts/model.ts";
import type { ModelPrice } from "./model-price.ts";

/** Shown beside a price from the data set; a test compares it with the installed package. */
export const priceDataSet = "genai-prices 0.1.8 (September 2026)";

export type ModelFacts = { contextTokens: number | null; price: ModelPrice };

/** A release date or alias suffix of a model's name: the same model at the same price. */
const releaseSuffix = /[-@](?:\d{8}|\d{4}-\d{2}-\d{2}|\d{4}|latest)$/;

/** Vendors with another name in the data set. */
const dataSetNames: Partial<Record<ProviderName, string>> = { bedrock: "aws" };

/**
 * Context and price of a model from a maintained data set (github.com/pydantic/genai-prices); null if the model is not
 * in it. The data set also matches names by prefix, which would give a newer model its predecessor's price. So only the
 * exact model and its dated releases match here.
 */
export function findModelFacts({ provider, name }: { provider: ProviderName; name: string }): ModelFacts | null {
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, name, {
    providerId: dataSetNames[provider] ?? provider,
  });
  if (found === null || withoutRelease(found.model.id) !== withoutRelease(name)) return null;
  const { input_mtok: input, output_mtok: output, cache_read_mtok: cached } = found.model_price;
  if (input === undefined || output === undefined) return null;
  const starts = [input, output, cached].flatMap((price) =>
    typeof price === "object" ? price.tiers.map(({ start }) => start) : [],
  );
  const aboveInputTokens = Math.min(...starts);
  const pricingFor = (inputTokens: number) => ({
    inputUsdPerMillion: readTier({ price: input, inputTokens }),
    outputUsdPerMillion: readTier({ price: output, inputTokens }),
    ...(cached === undefined ? {} : { cachedInputUsdPerMillion: readTier({ price: cached, inputTokens }) }),
  });
  return {
    contextTokens: found.model.context_window ?? null,
    price: {
      pricing: pricingFor(0),
      ...(starts.length === 0 ? {} : { longPrompt: { aboveInputTokens, pricing: pricingFor(aboveInputTokens + 1) } }),
    },
  };
}

type TieredPrice = { base: number; tiers: readonly { start: number; price: number }[] };

/** The price of a whole call with a prompt of this many tokens. */
function readTier({ price, inputTokens }: { price: number | TieredPrice; inputTokens: number }): number {
  if (typeof price === "number") return price;
  return price.tiers.findLast(({ start }) => inputTokens > start)?.price ?? price.base;
}

function withoutRelease(name: string): string {
  return name.replace(releaseSuffix, "");
}
