import { jsonSchema, streamText, tool, type LanguageModelUsage, type TextStreamPart, type ToolSet } from "ai";
import { z } from "zod";
import type { ModelUsage } from "#lib/contracts/model.ts";
import type {
  ModelMessage,
  ModelTool,
  ModelToolCall,
  ModelTurn,
  ModelTurnRequest,
} from "#server/orchestrator/ports.ts";
import { cutOff, refused } from "./classify-failure.ts";
import { estimateLeastTokens, estimateTokens } from "../estimate-tokens.ts";
import { isUnfinishedJson } from "./is-unfinished-json.ts";
import { ModelFailure } from "./model-failure.ts";
import { computeCostUsd } from "../models/model-price.ts";
import { toSdkMessages, toSystemMessage } from "./sdk-messages.ts";
import type { OpenModel } from "../vendors/vendor.ts";

/** Below this share of our lowest token estimate, the server cannot have read the whole prompt. */
const readShareFloor = 0.6;
/** A short prompt is never cut, and its estimate is imprecise. */
const checkedPromptTokens = 2_000;

// Otherwise the SDK prints its warnings to the console.
globalThis.AI_SDK_LOG_WARNINGS = false;

type StreamedAnswer = {
  text: string;
  toolCalls: ModelToolCall[];
  /** The arguments of the last call are incomplete, whatever finish reason the server sent. */
  isCallCut: boolean;
  end: { finishReason: string; rawFinishReason: string | undefined; usage: LanguageModelUsage } | null;
};

/**
 * Makes one streamed model call. An answer is valid only if no error occurred, its finish reason is that of a complete
 * answer or an exhausted output limit, and it is not empty. What `onDelta` reported before a failure must be discarded.
 *
 * @throws ModelFailure, or what the SDK threw; the signal's reason when aborted
 */
export async function runTurn({ model, request }: { model: OpenModel; request: ModelTurnRequest }): Promise<ModelTurn> {
  const startedAtMs = performance.now();
  const stop = new AbortController();
  try {
    const result = streamText({
      model: model.languageModel,
      instructions: toSystemMessage({ system: request.system, callStyle: model.callStyle }),
      messages: toSdkMessages({ messages: request.messages, callStyle: model.callStyle }),
      tools: toSdkTools(request.tools),
      providerOptions: model.callStyle.providerOptions ?? {},
      maxRetries: 0,
      abortSignal: AbortSignal.any([request.signal, stop.signal]),
      // Errors are read from the stream; without this handler the SDK prints them.
      onError: () => undefined,
    });
    const answer = await readAnswer({ stream: result.stream, request });
    request.signal.throwIfAborted();
    const finishReason = judgeAnswer({ answer, model, request });
    const usage = toUsage({
      usage: answer.end?.usage,
      answer,
      model,
      request,
      durationMs: Math.round(performance.now() - startedAtMs),
    });
    const messages = await result.responseMessages;
    return {
      text: answer.text,
      toolCalls: answer.toolCalls,
      finishReason,
      usage,
      // Tool messages in it are the SDK's own reports of invalid calls. The orchestrator answers every call itself, so
      // they are dropped.
      replay: toPlainJson(messages.filter(({ role }) => role === "assistant")),
    };
  } catch (error) {
    request.signal.throwIfAborted();
    throw error;
  } finally {
    // A stream that is not read to its end would keep its connection open.
    stop.abort();
  }
}

async function readAnswer({
  stream,
  request,
}: {
  stream: AsyncIterable<TextStreamPart<ToolSet>>;
  request: ModelTurnRequest;
}): Promise<StreamedAnswer> {
  const answer: StreamedAnswer = { text: "", toolCalls: [], isCallCut: false, end: null };
  const rawInputs = new Map<string, string>();
  for await (const part of stream) {
    switch (part.type) {
      case "text-delta":
        answer.text += part.text;
        request.onDelta({ type: "text", delta: part.text });
        break;
      case "reasoning-delta":
        request.onDelta({ type: "reasoning", delta: part.text });
        break;
      case "tool-input-start":
        rawInputs.set(part.id, "");
        request.onDelta({ type: "tool-input-start", callId: part.id, name: part.toolName });
        break;
      case "tool-input-delta":
        rawInputs.set(part.id, (rawInputs.get(part.id) ?? "") + part.delta);
        request.onDelta({ type: "tool-input-delta", callId: part.id, delta: part.delta });
        break;
      case "tool-input-end":
        request.onDelta({ type: "tool-input-end", callId: part.id });
        break;
      case "tool-call": {
        const rawInput = rawInputs.get(part.toolCallId) ?? "";
        const call = toToolCall({ part, rawInput });
        answer.toolCalls.push(call);
        answer.isCallCut = call.invalidReason !== undefined && isUnfinishedJson(rawInput);
        break;
      }
      case "finish-step":
        answer.end = { finishReason: part.finishReason, rawFinishReason: part.rawFinishReason, usage: part.usage };
        break;
      case "error":
        throw part.error;
      case "abort":
        request.signal.throwIfAborted();
        throw new Error(part.reason ?? "The call was aborted.");
    }
  }
  return answer;
}

/** A call as received. The orchestrator checks whether the tool exists and the arguments fit it. */
function toToolCall({
  part,
  rawInput,
}: {
  part: Extract<TextStreamPart<ToolSet>, { type: "tool-call" }>;
  rawInput: string;
}): ModelToolCall {
  const call = { callId: part.toolCallId, name: part.toolName };
  if (typeof part.input === "object" && part.input !== null) return { ...call, input: part.input };
  const invalidReason =
    part.invalid === true ? "The arguments are not complete, valid JSON." : "The arguments are not a JSON object.";
  return { ...call, rawInput, invalidReason };
}

/** @throws ModelFailure if the answer is unusable */
function judgeAnswer({
  answer,
  model,
  request,
}: {
  answer: StreamedAnswer;
  model: OpenModel;
  request: ModelTurnRequest;
}): ModelTurn["finishReason"] {
  const { description } = model;
  const { end } = answer;
  if (end === null) throw cutOff(description);
  checkPromptWasRead({ inputTokens: end.usage.inputTokens, model, request });
  const isEmpty = answer.text.trim() === "" && (answer.toolCalls.length === 0 || request.tools.length === 0);
  switch (end.finishReason) {
    case "stop":
    case "tool-calls":
      if (isEmpty) {
        throw new ModelFailure({
          code: "MODEL_OUTPUT_INVALID",
          message: `The model ${description.label} gave an empty answer. Try again, say it differently, or choose another model.`,
          retry: "later",
        });
      }
      // vLLM reports tool calls as complete even if its output limit cut them.
      if (answer.isCallCut) return "length";
      return answer.toolCalls.length === 0 ? "stop" : "tool-calls";
    case "length":
      if (isEmpty) {
        throw new ModelFailure({
          code: "OUTPUT_TRUNCATED",
          message: `The model ${description.label} reached its output limit before it wrote anything. Ask for less at once, or choose a model with a larger limit.`,
          retry: "later",
        });
      }
      return "length";
    case "content-filter":
      throw refused(description);
    default:
      if (end.rawFinishReason === undefined || end.finishReason === "interrupted") throw cutOff(description);
      throw new ModelFailure({
        code: "MODEL_OUTPUT_INVALID",
        message: `The answer of ${description.label} ended in a way that Graft does not know, so it was not used. Try again, or choose another model.`,
        retry: "later",
      });
  }
}

/**
 * Some local servers drop the start of a prompt that exceeds their context, and answer the rest. The context is at
 * least as large as an earlier call that was read completely: a server that now reports fewer tokens read the rest from
 * its cache and does not count it.
 */
function checkPromptWasRead({
  inputTokens,
  model,
  request,
}: {
  inputTokens: number | undefined;
  model: OpenModel;
  request: ModelTurnRequest;
}): void {
  if (model.callStyle.promptLength !== "checked" || inputTokens === undefined || inputTokens === 0) return;
  const sentTokens = estimateLeastTokens(promptText(request));
  if (sentTokens <= checkedPromptTokens || inputTokens >= sentTokens * readShareFloor) return;
  if (inputTokens < (request.provenInputTokens ?? 0)) return;
  throw new ModelFailure({
    code: "CONTEXT_TOO_LONG",
    message: `The model server cut the prompt: it read ${inputTokens} of at least ${sentTokens} tokens. Raise its context length (num_ctx in Ollama), narrow the scope, or choose another model. If the server counts only what is not in its cache, retry.`,
    retry: "later",
  });
}

function toUsage({
  usage,
  answer,
  model,
  request,
  durationMs,
}: {
  usage: LanguageModelUsage | undefined;
  answer: StreamedAnswer;
  model: OpenModel;
  request: ModelTurnRequest;
  durationMs: number;
}): ModelUsage {
  const tokens = {
    inputTokens: usage?.inputTokens ?? estimateTokens(promptText(request)),
    cachedInputTokens: usage?.inputTokenDetails.cacheReadTokens ?? 0,
    cacheWriteTokens: usage?.inputTokenDetails.cacheWriteTokens ?? 0,
    outputTokens:
      usage?.outputTokens ??
      estimateTokens(answer.text + answer.toolCalls.map(({ input }) => JSON.stringify(input ?? "")).join("")),
  };
  const { inputTokens, cachedInputTokens, outputTokens } = tokens;
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens,
    modelCalls: 1,
    durationMs,
    ...(model.price === null ? {} : { costUsd: computeCostUsd({ price: model.price, tokens }) }),
  };
}

/** The text of a request without the tools and the provider's additions, so never more than was sent. */
function promptText({ system, messages }: ModelTurnRequest): string {
  return [system, ...messages.map(messageText)].join("\n");
}

function messageText(message: ModelMessage): string {
  switch (message.role) {
    case "user":
      return message.parts.join("\n");
    case "assistant":
      return message.text;
    case "tool":
      return message.results.map(({ text }) => text).join("\n");
  }
}

/** Has no validator: the orchestrator checks arguments itself and tells the model what is wrong with them. */
function toSdkTools(tools: readonly ModelTool[]): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, input }) => [
      name,
      tool({
        description,
        inputSchema: jsonSchema(
          z.toJSONSchema(input, { target: "draft-7", io: "input" }) as Parameters<typeof jsonSchema>[0],
        ),
      }),
    ]),
  );
}

/** Turns are stored as JSON: a resumed run must send the same bytes as a running one. */
function toPlainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
