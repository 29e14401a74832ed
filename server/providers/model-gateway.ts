import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelInfo, ProviderName } from "#lib/contracts/model.ts";
import type { ModelDescription, ModelGateway, ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";
import { classifyFailure } from "./calls/classify-failure.ts";
import { systemClock, type Clock } from "./clock.ts";
import { guardModel } from "./answer-guard/guard-model.ts";
import type { HttpLimits } from "./calls/guarded-fetch.ts";
import type { ModelConfig } from "./model-config.ts";
import { ModelFailure } from "./calls/model-failure.ts";
import { retryTurn } from "./calls/retry-turn.ts";
import { runTurn } from "./calls/run-turn.ts";
import type { OpenModel } from "./vendors/vendor.ts";
import { describeProvider, type ProviderDirectory } from "./provider-directory.ts";
import type { StoredKeys } from "./vendors/vendor-keys.ts";
import { VendorLines, type VendorLine } from "./vendor-lines.ts";
import { waitBriefly } from "./models/wait-briefly.ts";

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
  const lines = new VendorLines({ config, readStoredKeys, builtinModel, clock, fetch, limits });
  return {
    async list() {
      const current = await lines.read();
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
      const shown = [...(await lines.read()).values()].filter(({ vendor }) => vendor.facts.keyVariable !== null);
      return Promise.all(shown.map(describeProvider));
    },

    async get(modelId) {
      return (await lines.find(modelId)).description;
    },

    async runTurn(request) {
      const { line, description } = await lines.find(request.modelId);
      const { vendor, breaker, slots } = line;
      const opened = vendor.open(description);
      const { languageModel } = opened;
      const { maxOutputTokens } = description;
      const model = {
        ...opened,
        languageModel: guardModel({ languageModel, maxOutputTokens, secrets: lines.secrets }),
      };
      try {
        return await retryTurn({
          // No slot is held during a pause between two tries.
          attempt: () =>
            slots.run({
              signal: request.signal,
              call: () => breaker.run((reportAlive) => callOnce({ model, line, lines, request, reportAlive })),
            }),
          signal: request.signal,
          skippablePause: request.skippablePause,
          clock,
          onRetry: ({ failure, afterMs }) =>
            request.onDelta({ type: "retrying", code: failure.code, message: failure.what, afterMs }),
        });
      } catch (error) {
        throw error instanceof ModelFailure ? error.toAppError() : error;
      }
    },
  };
}

async function callOnce({
  model,
  line: { vendor, key },
  lines,
  request,
  reportAlive,
}: {
  model: OpenModel;
  line: VendorLine;
  lines: VendorLines;
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
      secrets: lines.secrets,
    });
  }
}

function toInfo({
  contextTokens: _contextTokens,
  maxOutputTokens: _maxOutputTokens,
  ...info
}: ModelDescription): ModelInfo {
  return info;
}
