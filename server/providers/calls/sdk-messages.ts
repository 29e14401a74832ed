import {
  assistantModelMessageSchema,
  type AssistantModelMessage,
  type ModelMessage as SdkMessage,
  type SystemModelMessage,
  type ToolModelMessage,
  type UserModelMessage,
} from "ai";
import { z } from "zod";
import type { ModelImage, ModelMessage, ModelToolCall, ModelToolResult } from "#server/orchestrator/ports.ts";
import type { CallStyle } from "../vendors/vendor.ts";

/**
 * Anthropic's cache breakpoint: the next call reads everything before it from the cache. A request may have at most
 * four.
 */
const cacheMark = { anthropic: { cacheControl: { type: "ephemeral" } } };

/**
 * Every tool call must have a result. A call without a stored result was executed before the conversation continued.
 */
const unkeptResult = "Done.";

const replayShape = z.array(assistantModelMessageSchema);

export function toSystemMessage({ system, callStyle }: { system: string; callStyle: CallStyle }): SystemModelMessage {
  return {
    role: "system",
    content: system,
    ...(callStyle.promptCache === "marked" ? { providerOptions: cacheMark } : {}),
  };
}

/**
 * Converts a conversation to the SDK's messages. With a `marked` prompt cache there are three breakpoints: after what
 * the project's next run shares, after the first message's context, which all turns of a run share, and after the last
 * message, which the next turn extends.
 */
export function toSdkMessages({
  messages,
  callStyle,
}: {
  messages: readonly ModelMessage[];
  callStyle: CallStyle;
}): SdkMessage[] {
  const sdkMessages: SdkMessage[] = [];
  let openCalls: ModelToolCall[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role !== "tool" && openCalls.length > 0)
      sdkMessages.push(toToolMessage({ results: [], openCalls, callStyle }));
    switch (message.role) {
      case "user":
        sdkMessages.push(toUserMessage({ ...message, callStyle, isFirst: index === 0 }));
        break;
      case "assistant":
        sdkMessages.push(...toAssistantMessages(message));
        break;
      case "tool":
        sdkMessages.push(toToolMessage({ results: message.results, openCalls, callStyle }));
        break;
    }
    openCalls = message.role === "assistant" ? message.toolCalls : [];
  }
  const last = sdkMessages.at(-1);
  if (callStyle.promptCache === "marked" && sdkMessages.length > 1 && last !== undefined)
    last.providerOptions = cacheMark;
  return sdkMessages;
}

function toUserMessage({
  parts,
  images = [],
  sharedPartCount = 0,
  callStyle,
  isFirst,
}: {
  parts: readonly string[];
  images?: readonly ModelImage[];
  sharedPartCount?: number;
  callStyle: CallStyle;
  isFirst: boolean;
}): UserModelMessage {
  const shown = images.map(({ name, mediaType, bytes }) => ({
    type: "file" as const,
    mediaType,
    data: bytes,
    filename: name,
  }));
  if (callStyle.userParts === "joined") {
    const text = parts.join("\n\n");
    return { role: "user", content: shown.length === 0 ? text : [...shown, { type: "text", text }] };
  }
  const marked = new Set([sharedPartCount - 1, parts.length - 2]);
  const texts = parts.map((text, index) => ({
    type: "text" as const,
    text,
    ...(isFirst && callStyle.promptCache === "marked" && marked.has(index) ? { providerOptions: cacheMark } : {}),
  }));
  return { role: "user", content: [...texts.slice(0, -1), ...shown, ...texts.slice(-1)] };
}

function toAssistantMessages({
  text,
  toolCalls,
  replay,
}: Extract<ModelMessage, { role: "assistant" }>): AssistantModelMessage[] {
  const replayed = replayShape.safeParse(replay);
  if (replayed.success && replayed.data.length > 0) return replayed.data;
  return [
    {
      role: "assistant",
      content: [
        ...(text === "" ? [] : [{ type: "text" as const, text }]),
        ...toolCalls.map(({ callId, name, input }) => ({
          type: "tool-call" as const,
          toolCallId: callId,
          toolName: name,
          input: isObject(input) ? input : {},
        })),
      ],
    },
  ];
}

function toToolMessage({
  results,
  openCalls,
  callStyle,
}: {
  results: readonly ModelToolResult[];
  openCalls: readonly ModelToolCall[];
  callStyle: CallStyle;
}): ToolModelMessage {
  const answeredIds = new Set(results.map(({ callId }) => callId));
  const unanswered = openCalls
    .filter(({ callId }) => !answeredIds.has(callId))
    .map(({ callId, name }) => ({ callId, name, text: unkeptResult, isError: false }));
  return {
    role: "tool",
    content: [...results, ...unanswered].map(({ callId, name, text, isError }) => ({
      type: "tool-result",
      toolCallId: callId,
      toolName: name,
      output: { type: isError && callStyle.failedResults === "marked" ? "error-text" : "text", value: text },
    })),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
