import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelInfo, ProviderName } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { ModelDescription, ModelGateway, ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";
import { CallSlots } from "./calls/call-slots.ts";
import { CircuitBreaker } from "./calls/circuit-breaker.ts";
import { classifyFailure } from "./calls/classify-failure.ts";
import { systemClock, type Clock } from "./clock.ts";
import { guardModel } from "./answer-guard/guard-model.ts";
import type { HttpLimits } from "./calls/guarded-fetch.ts";
import type { ModelConfig } from "./model-config.ts";
import { ModelFailure } from "./calls/model-failure.ts";
import { createVendors } from "./vendors/registry.ts";
import { retryTurn } from "./calls/retry-turn.ts";
import { runTurn } from "./calls/run-turn.ts";
import type { OpenModel, Vendor, VendorKey } from "./vendors/vendor.ts";
import { describeProvider, type ProviderDirectory } from "./provider-directory.ts";
import { chooseVendorKeys, readKeyValue, type StoredKeys } from "./vendors/vendor-keys.ts";
import { waitBriefly } from "./models/wait-briefly.ts";

/** A vendor with its current key, and the guards of the calls to it. */
type VendorLine = { vendor: Vendor; key: VendorKey | undefined; breaker: CircuitBreaker; slots: CallSlots };

/** The configured models, with the same rules for failures, retries and giving up. */
export function createModelGateway({
  config,
  readStoredKeys = async () => new Map(),
  builtinModel,
  fetch,
  clock = systemClock,
  limits,
}: {
  config: ModelConfig;
  /** Read at each use, so that every process applies a new key from the next call on. */
  readStoredKeys?: () => Promise<StoredKeys>;
  builtinModel: LanguageModelV4;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  limits?: HttpLimits;
}): ModelGateway & ProviderDirectory {
  // The keys of all vendors: one server may serve several of them and see all their keys. A removed key stays in the
  // list.
  const secrets = new Set<string>();
  let lines: ReadonlyMap<ProviderName, VendorLine> = new Map();

  /** The vendors with their current keys. A vendor whose key is unchanged keeps its model list and its breaker. */
  async function readLines(): Promise<ReadonlyMap<ProviderName, VendorLine>> {
    const keys = chooseVendorKeys({ config, stored: await readStoredKeys() });
    for (const key of keys.values()) if (key.source !== "unreadable") secrets.add(key.value);
    const known = lines;
    const isSame = (provider: ProviderName) => isSameKey(known.get(provider)?.key, keys.get(provider));
    if (known.size > 0 && [...known.keys()].every(isSame)) return known;
    lines = new Map(
      createVendors({ config, keys, builtinModel, clock, fetch, limits }).map((vendor) => {
        const { provider, subject, maxCallsAtOnce } = vendor.facts;
        const before = known.get(provider);
        if (before !== undefined && isSame(provider)) return [provider, before];
        const slots = before?.slots ?? new CallSlots({ maxCalls: maxCallsAtOnce });
        const breaker = new CircuitBreaker({ clock, label: subject });
        return [provider, { vendor, key: keys.get(provider), breaker, slots }];
      }),
    );
    return lines;
  }

  async function find(modelId: ModelId): Promise<{ line: VendorLine; description: ModelDescription }> {
    const separator = modelId.indexOf(":");
    const line = (await readLines()).get(modelId.slice(0, separator) as ProviderName);
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

  async function callOnce({
    model,
    line: { vendor, key },
    request,
    reportAlive,
  }: {
    model: OpenModel;
    line: VendorLine;
    request: ModelTurnRequest;
    reportAlive: () => void;
  }): Promise<ModelTurn> {
    try {
      return await runTurn({
        model,
        request: {
          ...request,
          onDelta(delta) {
            reportAlive();
            request.onDelta(delta);
          },
        },
      });
    } catch (error) {
      request.signal.throwIfAborted();
      throw classifyFailure({
        error,
        description: model.description,
        facts: vendor.facts,
        keySource: key?.source,
        secrets: [...secrets],
      });
    }
  }

  return {
    async list() {
      const current = await readLines();
      const { defaultModel = ":" } = config;
      const separator = defaultModel.indexOf(":");
      const line = current.get(defaultModel.slice(0, separator) as ProviderName);
      const [lists, standard] = await Promise.all([
        Promise.all([...current.values()].map(({ vendor }) => vendor.list())),
        line === undefined ? null : waitBriefly(line.vendor.find(defaultModel.slice(separator + 1))),
      ]);
      const listed = lists.flat();
      const isListed = listed.some(({ modelId }) => modelId === standard?.modelId);
      return (standard === null || isListed ? listed : [...listed, standard]).map(toInfo);
    },

    async listProviders() {
      const shown = [...(await readLines()).values()].filter(({ vendor }) => vendor.facts.keyVariable !== null);
      return Promise.all(shown.map(describeProvider));
    },

    async get(modelId) {
      return (await find(modelId)).description;
    },

    async runTurn(request) {
      const { line, description } = await find(request.modelId);
      const { vendor, breaker, slots } = line;
      const opened = vendor.open(description);
      const { languageModel } = opened;
      const { maxOutputTokens } = description;
      const model = { ...opened, languageModel: guardModel({ languageModel, maxOutputTokens, secrets: [...secrets] }) };
      try {
        return await retryTurn({
          // No slot is held during a pause between two tries.
          attempt: () =>
            slots.run({
              signal: request.signal,
              call: () => breaker.run((reportAlive) => callOnce({ model, line, request, reportAlive })),
            }),
          signal: request.signal,
          skippablePause: request.skippablePause,
          clock,
          onRetry: ({ failure, afterMs }) =>
            request.onDelta({ type: "retrying", code: failure.code, message: failure.message, afterMs }),
        });
      } catch (error) {
        throw error instanceof ModelFailure ? error.toAppError() : error;
      }
    },
  };
}

function isSameKey(a: VendorKey | undefined, b: VendorKey | undefined): boolean {
  return a?.source === b?.source && readKeyValue(a) === readKeyValue(b);
}

function toInfo({
  contextTokens: _contextTokens,
  maxOutputTokens: _maxOutputTokens,
  ...info
}: ModelDescription): ModelInfo {
  return info;
}
