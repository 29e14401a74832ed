import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider";
import type { ScaffoldAnswer } from "./scaffold-answer.ts";

/** Small enough that users see a file being written, large enough that a project takes seconds. */
const chunkCharacters = 240;
/** The usual estimate for English and code; the generator has no tokenizer. */
const bytesPerToken = 4;

/**
 * Plays an answer as the parts of a model's stream: text first, then each tool call with its arguments in pieces. On
 * abort it stops at once, with an error with the signal's reason.
 */
export function streamAnswer({
  answer,
  options,
  chunkDelayMs,
}: {
  answer: ScaffoldAnswer;
  options: LanguageModelV4CallOptions;
  chunkDelayMs: number;
}): ReadableStream<LanguageModelV4StreamPart> {
  const { abortSignal } = options;
  const parts = listParts({ answer, options });
  return new ReadableStream<LanguageModelV4StreamPart>({
    async pull(controller) {
      try {
        abortSignal?.throwIfAborted();
        const next = parts.next();
        if (next.done === true) {
          controller.close();
          return;
        }
        if (isChunk(next.value) && chunkDelayMs > 0) await wait({ delayMs: chunkDelayMs, abortSignal });
        controller.enqueue(next.value);
      } catch (error) {
        controller.error(error);
      }
    },
    cancel() {
      parts.return();
    },
  });
}

function* listParts({
  answer,
  options,
}: {
  answer: ScaffoldAnswer;
  options: LanguageModelV4CallOptions;
}): Generator<LanguageModelV4StreamPart, void> {
  yield { type: "stream-start", warnings: [] };
  if (answer.text !== "") {
    yield { type: "text-start", id: "text" };
    for (const delta of chunk(answer.text)) yield { type: "text-delta", id: "text", delta };
    yield { type: "text-end", id: "text" };
  }
  const turn = options.prompt.filter(({ role }) => role === "assistant").length + 1;
  for (const [index, { name, input }] of answer.toolCalls.entries()) {
    const id = `scaffold-${turn}-${index + 1}`;
    const json = JSON.stringify(input);
    yield { type: "tool-input-start", id, toolName: name };
    for (const delta of chunk(json)) yield { type: "tool-input-delta", id, delta };
    yield { type: "tool-input-end", id };
    yield { type: "tool-call", toolCallId: id, toolName: name, input: json };
  }
  const finishReason = answer.toolCalls.length > 0 ? "tool-calls" : "stop";
  yield {
    type: "finish",
    finishReason: { unified: finishReason, raw: finishReason },
    usage: estimateUsage({ answer, options }),
  };
}

function estimateUsage({
  answer,
  options,
}: {
  answer: ScaffoldAnswer;
  options: LanguageModelV4CallOptions;
}): LanguageModelV4Usage {
  const inputTokens = estimateTokens(JSON.stringify(options.prompt));
  const outputTokens =
    estimateTokens(answer.text) +
    answer.toolCalls.reduce((sum, { name, input }) => sum + estimateTokens(name + JSON.stringify(input)), 0);
  return {
    inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: outputTokens, text: outputTokens, reasoning: 0 },
  };
}

function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/** Splits between code points, so that no chunk contains half a surrogate pair. */
function* chunk(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + chunkCharacters, text.length);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}

function isChunk({ type }: LanguageModelV4StreamPart): boolean {
  return type === "text-delta" || type === "tool-input-delta";
}

function wait({ delayMs, abortSignal }: { delayMs: number; abortSignal: AbortSignal | undefined }): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(abortSignal?.reason as Error);
    };
    const timer = setTimeout(() => {
      abortSignal?.removeEventListener("abort", stop);
      resolve();
    }, delayMs);
    abortSignal?.addEventListener("abort", stop, { once: true });
  });
}
