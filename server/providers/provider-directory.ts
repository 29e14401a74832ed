import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelInfo, ProviderName } from "#lib/contracts/model.ts";
import type { Vendor, VendorKey } from "./vendors/vendor.ts";

/** What the vendor and the environment tell about a provider; the caller adds when a key was stored. */
type ProviderInfo = {
  provider: ProviderName;
  label: string;
  keyVariable: string | null;
  addressVariable: string | null;
  hasAddress: boolean;
  keySource: VendorKey["source"] | "none";
  /** The cheapest callable model of it; null if there is none. */
  testModelId: ModelId | null;
};

export interface ProviderDirectory {
  /** The providers that need a key, in the order in which their models are listed. */
  listProviders(): Promise<ProviderInfo[]>;
}

export async function describeProvider({
  vendor,
  key,
}: {
  vendor: Vendor;
  key: VendorKey | undefined;
}): Promise<ProviderInfo> {
  const { provider, label, keyVariable, addressVariable } = vendor.facts;
  const callable = (await vendor.list()).filter(({ isAvailable }) => isAvailable);
  // Avoids Infinity − Infinity, which is NaN.
  const [cheapest] = callable.toSorted((a, b) => (priceOf(a) === priceOf(b) ? 0 : priceOf(a) - priceOf(b)));
  return {
    provider,
    label,
    keyVariable,
    addressVariable,
    hasAddress: vendor.hasAddress,
    keySource: key?.source ?? "none",
    testModelId: cheapest?.modelId ?? null,
  };
}

/** A model without a known price is tried last. */
function priceOf({ pricing }: ModelInfo): number {
  return pricing?.outputUsdPerMillion ?? Infinity;
}
