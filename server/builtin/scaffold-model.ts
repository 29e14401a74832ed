import type { LanguageModelV4, LanguageModelV4Content, LanguageModelV4GenerateResult } from "@ai-sdk/provider";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { decideAnswer } from "./decide-answer.ts";
import { streamAnswer } from "./stream-answer.ts";

/** A project of 25 files then takes about two seconds: fast, but visible. */
const defaultChunkDelayMs = 4;

/**
 * The offline generator behind `builtin:scaffold`: a language model made of rules instead of weights. It needs no key
 * and no network, is deterministic, and says what it does not understand. Its only input is the messages.
 *
 * @param deps.chunkDelayMs pause before each streamed chunk; 0 for none
 */
export function createScaffoldModel({
  sourceParser,
  chunkDelayMs = defaultChunkDelayMs,
}: {
  sourceParser: SourceParser;
  chunkDelayMs?: number;
}): LanguageModelV4 {
  const model: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "builtin",
    modelId: "scaffold",
    supportedUrls: {},
    async doStream(options) {
      options.abortSignal?.throwIfAborted();
      return { stream: streamAnswer({ answer: decideAnswer({ options, sourceParser }), options, chunkDelayMs }) };
    },
    async doGenerate(options) {
      const { stream } = await model.doStream(options);
      return collectStream(stream);
    },
  };
  return model;
}

async function collectStream(
  stream: Awaited<ReturnType<LanguageModelV4["doStream"]>>["stream"],
): Promise<LanguageModelV4GenerateResult> {
  const content: LanguageModelV4Content[] = [];
  let text = "";
  for await (const part of stream) {
    if (part.type === "text-delta") text += part.delta;
    if (part.type === "tool-call") content.push(part);
    if (part.type === "finish") {
      return {
        content: [...(text === "" ? [] : [{ type: "text" as const, text }]), ...content],
        finishReason: part.finishReason,
        usage: part.usage,
        warnings: [],
      };
    }
  }
  throw new Error("The stream ended without a finish.");
}
