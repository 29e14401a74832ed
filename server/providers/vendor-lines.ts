import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ProviderName } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { ModelDescription } from "#server/orchestrator/ports.ts";
import { CallSlots } from "./calls/call-slots.ts";
import { CircuitBreaker } from "./calls/circuit-breaker.ts";
import type { HttpLimits } from "./calls/guarded-fetch.ts";
import type { Clock } from "./clock.ts";
import type { ModelConfig } from "./model-config.ts";
import { createVendors } from "./vendors/registry.ts";
import { chooseVendorKeys, readKeyValue, type StoredKeys } from "./vendors/vendor-keys.ts";
import type { Vendor, VendorKey } from "./vendors/vendor.ts";

/** A vendor with its current key, and the guards of the calls to it. */
export type VendorLine = { vendor: Vendor; key: VendorKey | undefined; breaker: CircuitBreaker; slots: CallSlots };

type VendorLinesOptions = {
  config: ModelConfig;
  readStoredKeys: () => Promise<StoredKeys>;
  builtinModel: LanguageModelV4;
  fetch?: typeof globalThis.fetch | undefined;
  clock: Clock;
  limits?: HttpLimits | undefined;
};

/** The vendors with their current keys. A vendor whose key is unchanged keeps its model list and its breaker. */
export class VendorLines {
  readonly #options: VendorLinesOptions;
  readonly #secrets = new Set<string>();
  #lines: ReadonlyMap<ProviderName, VendorLine> = new Map();

  constructor(options: VendorLinesOptions) {
    this.#options = options;
  }

  /**
   * The keys of all vendors: one server may serve several of them and see all their keys. A removed key stays in the
   * list.
   */
  get secrets(): string[] {
    return [...this.#secrets];
  }

  async read(): Promise<ReadonlyMap<ProviderName, VendorLine>> {
    const { readStoredKeys, ...options } = this.#options;
    const { config, clock } = options;
    const keys = chooseVendorKeys({ config, stored: await readStoredKeys() });
    for (const key of keys.values()) if (key.source !== "unreadable") this.#secrets.add(key.value);
    const known = this.#lines;
    const isSame = (provider: ProviderName) => isSameKey(known.get(provider)?.key, keys.get(provider));
    if (known.size > 0 && [...known.keys()].every(isSame)) return known;
    this.#lines = new Map(
      createVendors({ ...options, keys }).map((vendor) => {
        const { provider, subject, maxCallsAtOnce } = vendor.facts;
        const before = known.get(provider);
        if (before !== undefined && isSame(provider)) return [provider, before];
        const slots = before?.slots ?? new CallSlots({ maxCalls: maxCallsAtOnce });
        const breaker = new CircuitBreaker({ clock, label: subject });
        return [provider, { vendor, key: keys.get(provider), breaker, slots }];
      }),
    );
    return this.#lines;
  }

  /** @throws AppError MODEL_NOT_FOUND, MODEL_UNAVAILABLE */
  async find(modelId: ModelId): Promise<{ line: VendorLine; description: ModelDescription }> {
    const separator = modelId.indexOf(":");
    const line = (await this.read()).get(modelId.slice(0, separator) as ProviderName);
    const description = (await line?.vendor.find(modelId.slice(separator + 1))) ?? null;
    if (line === undefined || description === null) {
      throw new AppError({
        code: "MODEL_NOT_FOUND",
        message: `There is no model ${modelId}. Choose one of the list.`,
        details: { modelId },
      });
    }
    if (!description.isAvailable) {
      throw new AppError({
        code: "MODEL_UNAVAILABLE",
        message: `The model ${description.label} is not available. ${description.reason ?? ""}`.trim(),
        details: { modelId, retryable: false },
      });
    }
    return { line, description };
  }
}

function isSameKey(a: VendorKey | undefined, b: VendorKey | undefined): boolean {
  return a?.source === b?.source && readKeyValue(a) === readKeyValue(b);
}
