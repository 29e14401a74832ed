import type { LanguageModelV4 } from "@ai-sdk/provider";
import { createAnthropicVendor } from "./anthropic.ts";
import { createBedrockVendor } from "./bedrock.ts";
import { createBuiltinVendor } from "./builtin.ts";
import type { Clock } from "../clock.ts";
import { createCompatibleVendor } from "./compatible.ts";
import { createGoogleVendor } from "./google.ts";
import type { HttpLimits } from "../calls/guarded-fetch.ts";
import { createMistralVendor } from "./mistral.ts";
import type { ModelConfig } from "../model-config.ts";
import { createOllamaVendor } from "./ollama/ollama.ts";
import { createOpenaiVendor } from "./openai.ts";
import { createOpenrouterVendor } from "./openrouter.ts";
import { createGatewayVendor } from "./vercel-gateway.ts";
import type { Vendor, VendorKeys } from "./vendor.ts";

/** Every vendor, in the order in which its models are listed. */
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
    createAnthropicVendor({ config, vendorKey: keys.get("anthropic"), clock, fetch, limits }),
    createOpenaiVendor({ config, vendorKey: keys.get("openai"), clock, fetch, limits }),
    createGoogleVendor({ config, vendorKey: keys.get("google"), clock, fetch, limits }),
    createMistralVendor({ config, vendorKey: keys.get("mistral"), clock, fetch, limits }),
    createBedrockVendor({ config, vendorKey: keys.get("bedrock"), clock, fetch, limits }),
    createOpenrouterVendor({ config, vendorKey: keys.get("openrouter"), clock, fetch, limits }),
    createGatewayVendor({ config, vendorKey: keys.get("gateway"), clock, fetch, limits }),
    createOllamaVendor({ config, vendorKey: keys.get("ollama"), clock, fetch, limits }),
    createCompatibleVendor({ config, vendorKey: keys.get("compatible"), clock, fetch, limits }),
  ];
}
