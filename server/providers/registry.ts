import type { LanguageModelV4 } from "@ai-sdk/provider";
import { createAnthropicVendor } from "./anthropic.ts";
import { createBuiltinVendor } from "./builtin.ts";
import type { Clock } from "./clock.ts";
import { createCompatibleVendor } from "./compatible.ts";
import type { HttpLimits } from "./guarded-fetch.ts";
import type { ModelConfig } from "./model-config.ts";
import { createOpenaiVendor } from "./openai.ts";
import type { Vendor, VendorKeys } from "./vendor.ts";

/** Every vendor, in the order in which people are offered their models. */
export function createVendors({
  config,
  keys,
  builtinModel,
  clock,
  fetch,
  limits,
}: {
  config: ModelConfig;
  keys: VendorKeys;
  builtinModel: LanguageModelV4;
  clock: Clock;
  fetch?: typeof globalThis.fetch | undefined;
  limits?: HttpLimits | undefined;
}): Vendor[] {
  return [
    createBuiltinVendor(builtinModel),
    createAnthropicVendor({ config, vendorKey: keys.get("anthropic"), fetch, limits }),
    createOpenaiVendor({ config, vendorKey: keys.get("openai"), fetch, limits }),
    createCompatibleVendor({ config, vendorKey: keys.get("compatible"), clock, fetch, limits }),
  ];
}
