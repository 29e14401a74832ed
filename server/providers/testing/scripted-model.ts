import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";

/** One answer of a scripted model: an error to throw, or parts to stream. */
export type ScriptedAnswer =
  | { error: Error }
  | {
      text?: string;
      /** A string is sent unchanged, even if it is broken JSON. */
      toolCalls?: { name: string; input: unknown; id?: string }[];
      /** Default: `tool-calls` if there are any, else `stop`. */
      finish?: LanguageModelV4FinishReason["unified"];
      usage?: { inputTokens: number; outputTokens: number };
    };

type ScriptedModel = LanguageModelV4 & {
  /** The requests in order. */
  readonly calls: readonly LanguageModelV4CallOptions[];
};

/** A streaming language model that plays a script. Calls after the end of the script throw. */
export function createScriptedModel(script: readonly ScriptedAnswer[]): ScriptedModel {
  const calls: LanguageModelV4CallOptions[] = [];
  return {
    specificationVersion: "v4",
    provider: "builtin",
    modelId: "scripted",
    supportedUrls: {},
    calls,
    async doStream(options) {
      options.abortSignal?.throwIfAborted();
      const answer = script[calls.length];
      calls.push(options);
      if (answer === undefined) throw new Error(`The script has ${script.length} answers and was asked for another.`);
      if ("error" in answer) throw answer.error;
      return { stream: streamOf(toParts(answer)) };
    },
    async doGenerate() {
      throw new Error("A scripted model streams only.");
    },
  };
}

function streamOf(parts: LanguageModelV4StreamPart[]): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

function toParts({
  text,
  toolCalls = [],
  finish,
  usage,
}: Exclude<ScriptedAnswer, { error: Error }>): LanguageModelV4StreamPart[] {
  const parts: LanguageModelV4StreamPart[] = [{ type: "stream-start", warnings: [] }];
  if (text !== undefined)
    parts.push(
      { type: "text-start", id: "text" },
      { type: "text-delta", id: "text", delta: text },
      { type: "text-end", id: "text" },
    );
  for (const [index, { name, input, id = `call-${index + 1}` }] of toolCalls.entries()) {
    const json = typeof input === "string" ? input : JSON.stringify(input);
    parts.push(
      { type: "tool-input-start", id, toolName: name },
      { type: "tool-input-delta", id, delta: json },
      { type: "tool-input-end", id },
    );
    parts.push({ type: "tool-call", toolCallId: id, toolName: name, input: json });
  }
  parts.push({
    type: "finish",
    finishReason: { unified: finish ?? (toolCalls.length > 0 ? "tool-calls" : "stop"), raw: undefined },
    usage: {
      inputTokens: { total: usage?.inputTokens, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: usage?.outputTokens, text: undefined, reasoning: undefined },
    },
  });
  return parts;
}
