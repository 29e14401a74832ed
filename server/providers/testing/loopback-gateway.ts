import { z } from "zod";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ProviderName } from "#lib/contracts/model.ts";
import { AppError } from "#lib/errors.ts";
import type { ModelDelta, ModelGateway, ModelTool, ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";
import type { Clock } from "../clock.ts";
import type { HttpLimits } from "../calls/guarded-fetch.ts";
import { createModelGateway } from "../model-gateway.ts";
import { createScriptedModel } from "./scripted-model.ts";

/** One model of each vendor that is called over HTTP. */
export const loopbackModelIds = {
  compatible: "compatible:loopback" as ModelId,
  anthropic: "anthropic:claude-sonnet-5-5" as ModelId,
  openai: "openai:gpt-6.1-sol" as ModelId,
  google: "google:gemini-3.8-flash" as ModelId,
  mistral: "mistral:mistral-large-latest" as ModelId,
  bedrock: "bedrock:openai.gpt-oss-120b" as ModelId,
  openrouter: "openrouter:anthropic/claude-opus-5.5" as ModelId,
  ollama: "ollama:loopback" as ModelId,
  gateway: "gateway:anthropic/claude-opus-5.5" as ModelId,
} as const;

/** Looks like a key, so that the tests find a leak of it. */
export const loopbackKey = "sk-loopback-0123456789abcdef";

export const loopbackTools: ModelTool[] = [
  {
    name: "write_file",
    description: "Write a file.",
    input: z.strictObject({ path: z.string(), content: z.string() }),
  },
  { name: "finish", description: "Say that all is done.", input: z.strictObject({ summary: z.string() }) },
];

/** A clock that records pauses instead of waiting. Jitter is always half. */
export function createInstantClock(): Clock & { readonly pausesMs: number[]; advance(ms: number): void } {
  const pausesMs: number[] = [];
  let nowMs = 0;
  return {
    pausesMs,
    now: () => nowMs,
    async sleep({ ms, signal }) {
      signal.throwIfAborted();
      pausesMs.push(ms);
      nowMs += ms;
    },
    random: () => 0.5,
    advance(ms) {
      nowMs += ms;
    },
  };
}

/** A gateway in which every vendor's address is `url`. */
export function createLoopbackGateway({
  url,
  clock = createInstantClock(),
  limits,
  fetch,
  ollamaContextTokens,
}: {
  url: string;
  clock?: Clock;
  limits?: HttpLimits;
  fetch?: typeof globalThis.fetch;
  ollamaContextTokens?: number;
}): ModelGateway {
  return createModelGateway({
    config: {
      keys: forEachVendor(loopbackKey),
      baseUrls: forEachVendor(url),
      compatibleModels: ["loopback"],
      compatibleTools: "on",
      ollamaContextTokens,
    },
    builtinModel: createScriptedModel([]),
    clock,
    ...(limits === undefined ? {} : { limits }),
    ...(fetch === undefined ? {} : { fetch }),
  });
}

function forEachVendor(value: string): Partial<Record<ProviderName, string>> {
  return Object.fromEntries(Object.keys(loopbackModelIds).map((provider) => [provider, value]));
}

export type Outcome =
  | { turn: ModelTurn; failure: null; deltas: ModelDelta[] }
  | { turn: null; failure: AppError; deltas: ModelDelta[] };

/** Runs one turn. Returns an AppError as a result and throws everything else. */
export async function runLoopbackTurn({
  gateway,
  modelId,
  ...request
}: { gateway: ModelGateway; modelId: ModelId } & Partial<ModelTurnRequest>): Promise<Outcome> {
  const deltas: ModelDelta[] = [];
  try {
    const turn = await gateway.runTurn({
      modelId,
      system: "You change a code project.",
      messages: [{ role: "user", parts: ["Task: create", "Add a greeting."] }],
      tools: loopbackTools,
      signal: new AbortController().signal,
      onDelta: (delta) => deltas.push(delta),
      ...request,
    });
    return { turn, failure: null, deltas };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { turn: null, failure: error, deltas };
  }
}

/** The concatenated deltas of one kind, for comparison with the whole. */
export function joinDeltas({
  deltas,
  type,
}: {
  deltas: readonly ModelDelta[];
  type: "text" | "reasoning" | "tool-input-delta";
}): string {
  return deltas.map((delta) => (delta.type === type ? delta.delta : "")).join("");
}
