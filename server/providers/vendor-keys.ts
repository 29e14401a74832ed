import type { ProviderName } from "#lib/contracts/model.ts";
import type { ModelConfig } from "./model-config.ts";
import type { VendorKey, VendorKeys } from "./vendor.ts";

/** Null stands for a stored key that cannot be read. */
export type StoredKeys = ReadonlyMap<ProviderName, { value: string | null }>;

/** The key that counts for each vendor: the environment's before a stored one. */
export function chooseVendorKeys({ config, stored }: { config: ModelConfig; stored: StoredKeys }): VendorKeys {
  const keys = new Map<ProviderName, VendorKey>();
  for (const [provider, { value }] of stored)
    keys.set(provider, value === null ? { source: "unreadable" } : { source: "stored", value });
  for (const [provider, value] of Object.entries(environmentKeys(config)))
    if (value !== undefined) keys.set(provider as ProviderName, { source: "environment", value });
  return keys;
}

function environmentKeys(config: ModelConfig): Partial<Record<ProviderName, string | undefined>> {
  return {
    anthropic: config.anthropicApiKey,
    openai: config.openaiApiKey,
    compatible: config.compatibleApiKey,
  };
}

export function readKeyValue(key: VendorKey | undefined): string | undefined {
  return key === undefined || key.source === "unreadable" ? undefined : key.value;
}
