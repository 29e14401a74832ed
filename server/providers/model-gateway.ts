import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelInfo } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { ModelDescription, ModelGateway, ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";
import { CallSlots } from "./call-slots.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { classifyFailure } from "./classify-failure.ts";
import { systemClock, type Clock } from "./clock.ts";
import { guardModel } from "./answer-guard/guard-model.ts";
import type { HttpLimits } from "./guarded-fetch.ts";
import type { ModelConfig } from "./model-config.ts";
import { ModelFailure } from "./model-failure.ts";
import { createVendors } from "./registry.ts";
import { retryTurn } from "./retry-turn.ts";
import { runTurn } from "./run-turn.ts";
import type { OpenModel, Vendor, VendorFacts } from "./vendor.ts";

/** The models that the configuration gives, behind one set of rules about failing, repeating and giving up. */
export function createModelGateway({
  config,
  builtinModel,
  fetch,
  clock = systemClock,
  limits,
}: {
  config: ModelConfig;
  builtinModel: LanguageModelV4;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  limits?: HttpLimits;
}): ModelGateway {
  const vendors = new Map(
    createVendors({ config, builtinModel, clock, fetch, limits }).map((vendor) => [vendor.facts.provider as string, vendor]),
  );
  // Of all vendors: one server may be behind several of them and have their keys.
  const secrets = [...vendors.values()].flatMap((vendor) => vendor.secrets);
  // A vendor has one key and one address for as long as the process lives, so its breaker and its slots stand for both.
  const gates = new Map(
    [...vendors.values()].map((vendor) => [
      vendor,
      {
        breaker: new CircuitBreaker({ clock, label: vendor.facts.subject }),
        slots: new CallSlots({ maxCalls: vendor.facts.maxCallsAtOnce }),
      },
    ]),
  );

  async function find(modelId: ModelId): Promise<{ vendor: Vendor; description: ModelDescription }> {
    const separator = modelId.indexOf(":");
    const vendor = vendors.get(modelId.slice(0, separator));
    const description = (await vendor?.find(modelId.slice(separator + 1))) ?? null;
    if (vendor === undefined || description === null) {
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
    return { vendor, description };
  }

  async function callOnce({
    model,
    facts,
    request,
    reportAlive,
  }: {
    model: OpenModel;
    facts: VendorFacts;
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
      throw classifyFailure({ error, description: model.description, facts, secrets });
    }
  }

  return {
    async list() {
      const listed = (await Promise.all([...vendors.values()].map((vendor) => vendor.list()))).flat();
      const { defaultModel } = config;
      if (defaultModel !== undefined && !listed.some(({ modelId }) => modelId === defaultModel)) {
        const separator = defaultModel.indexOf(":");
        const description = await vendors
          .get(defaultModel.slice(0, separator))
          ?.find(defaultModel.slice(separator + 1));
        if (description) listed.push(description);
      }
      return listed.map(toInfo);
    },

    async get(modelId) {
      return (await find(modelId)).description;
    },

    async runTurn(request) {
      const { vendor, description } = await find(request.modelId);
      const opened = vendor.open(description);
      const { languageModel } = opened;
      const { maxOutputTokens } = description;
      const model = { ...opened, languageModel: guardModel({ languageModel, maxOutputTokens, secrets }) };
      const gate = gates.get(vendor);
      if (gate === undefined) throw new Error(`No breaker for ${vendor.facts.provider}.`);
      const { breaker, slots } = gate;
      try {
        return await retryTurn({
          // A pause between two tries holds no slot.
          attempt: () =>
            slots.run({
              signal: request.signal,
              call: () => breaker.run((reportAlive) => callOnce({ model, facts: vendor.facts, request, reportAlive })),
            }),
          signal: request.signal,
          haste: request.haste,
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

function toInfo({
  contextTokens: _contextTokens,
  maxOutputTokens: _maxOutputTokens,
  ...info
}: ModelDescription): ModelInfo {
  return info;
}
