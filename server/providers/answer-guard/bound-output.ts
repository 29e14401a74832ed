import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";

/**
 * Passes on an answer up to `maxCharacters` of text, reasoning and arguments, then ends it with the finish reason of an
 * exhausted output limit and stops reading. What was complete by then is used; the rest is requested again.
 */
export function boundOutput({
  maxCharacters,
}: {
  maxCharacters: number;
}): TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart> {
  let characterCount = 0;
  const streamedCalls = new Set<string>();
  return new TransformStream({
    transform(part, controller) {
      if (part.type === "tool-input-start") streamedCalls.add(part.id);
      characterCount += countCharacters({ part, streamedCalls });
      if (characterCount <= maxCharacters) {
        controller.enqueue(part);
        return;
      }
      controller.enqueue(reachedLimit);
      controller.terminate();
    },
  });
}

/** Streamed arguments are repeated in the complete call. */
function countCharacters({
  part,
  streamedCalls,
}: {
  part: LanguageModelV4StreamPart;
  streamedCalls: ReadonlySet<string>;
}): number {
  switch (part.type) {
    case "text-delta":
    case "reasoning-delta":
    case "tool-input-delta":
      return part.delta.length;
    case "tool-input-start":
      return part.toolName.length;
    case "tool-call":
      return streamedCalls.has(part.toolCallId) ? 0 : part.input.length;
    default:
      return 0;
  }
}

const reachedLimit: LanguageModelV4StreamPart = {
  type: "finish",
  finishReason: { unified: "length", raw: "more-than-the-output-limit" },
  usage: {
    inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: undefined, text: undefined, reasoning: undefined },
  },
};
