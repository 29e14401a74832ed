import type { ProviderName } from "#lib/contracts/model.ts";
import type { ModelConfig } from "../model-config.ts";
import type { VendorKey, VendorKeys } from "./vendor.ts";

/** Null is a stored key that cannot be decrypted. */
export type StoredKeys = ReadonlyMap<ProviderName, { value: string | null }>;

/** The effective key of each vendor: the environment's takes precedence over a stored one. */
export function chooseVendorKeys({ config, stored }: { config: ModelConfig; stored: StoredKeys }): VendorKeys {
  const keys = new Map<ProviderName, VendorKey>();
  for (const [provider, { value }] of stored)
    keys.set(provider, value === null ? { source: "unreadable" } : { source: "stored", value });
  for (const [provider, value] of Object.entries(config.keys ?? {}))
    if (value !== undefined) keys.set(provider as ProviderName, { source: "environment", value });
  return keys;
}

export function readKeyValue(key: VendorKey | undefined): string | undefined {
  return key === undefined || key.source === "unreadable" ? undefined : key.value;
}

/** What to do about a key that is missing or that this host cannot decrypt. */
export function describeMissingKey({
  vendorKey,
  keyVariable,
}: {
  vendorKey: VendorKey | undefined;
  keyVariable: string | null;
}): string {
  return vendorKey === undefined
    ? `Paste a key in the settings, or set ${keyVariable} and start again, to use this model.`
    : "The stored key cannot be read on this host. Paste it again in the settings to use this model.";
}
