import { z } from "zod";
import type { ModelPrice } from "./model-price.ts";

/** A price per token as the vendor lists it: a decimal string; negative if the price depends on the request. */
export const usdPerToken = z.coerce.number().nonnegative();

/** @param input, output, cached US dollars per token */
export function toPrice({
  input,
  output,
  cached,
}: {
  input: number;
  output: number;
  cached?: number | undefined;
}): ModelPrice {
  // Uses a decimal string: 0.000003 times a million is 2.9999999999999996 in floating point.
  const perMillion = (usd: number) => Number((usd * 1_000_000).toPrecision(12));
  return {
    pricing: {
      inputUsdPerMillion: perMillion(input),
      outputUsdPerMillion: perMillion(output),
      ...(cached === undefined ? {} : { cachedInputUsdPerMillion: perMillion(cached) }),
    },
  };
}
