import { calcPrice } from "@pydantic/genai-prices";
import type { ProviderName } from "#lib/contracts/model.ts";
import type { ModelPrice } from "./model-price.ts";

/** Said beside a price that is from the data set; a test compares it with the package that is installed. */
export const priceDataSet = "genai-prices 0.1.8 (September 2026)";

export type ModelFacts = { contextTokens: number | null; price: ModelPrice };

/** A release date or an alias at the end of a model's name, which names the same model at the same price. */
const releaseSuffix = /[-@](?:\d{8}|\d{4}-\d{2}-\d{2}|\d{4}|latest)$/;

/** Vendors that the data set has under another name. */
const dataSetNames: Partial<Record<ProviderName, string>> = { bedrock: "aws" };

/**
 * Context and price of a model from a maintained data set (github.com/pydantic/genai-prices), or null where it does not
 * have that model. The data set matches names by their beginning as well, so a model that is newer than it would get
 * the price of its predecessor: only the model itself and its dated releases count here.
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

/** The price of a whole call whose prompt has this many tokens. */
function readTier({ price, inputTokens }: { price: number | TieredPrice; inputTokens: number }): number {
  if (typeof price === "number") return price;
  return price.tiers.findLast(({ start }) => inputTokens > start)?.price ?? price.base;
}

function withoutRelease(name: string): string {
  return name.replace(releaseSuffix, "");
}
