import { randomUUID } from "node:crypto";
import {
  JSONParseError,
  TypeValidationError,
  type LanguageModelV4FinishReason,
  type LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { z } from "zod";

const toolCall = z.object({
  id: z.string().min(1).nullish(),
  // A string is passed on unchanged: it may be incomplete JSON.
  function: z.object({ name: z.string(), arguments: z.union([z.record(z.string(), z.unknown()), z.string()]) }),
});

const answerLine = z.object({
  message: z.object({
    content: z.string(),
    thinking: z.string().nullish(),
    tool_calls: z.array(toolCall).nullish(),
  }),
  done: z.boolean(),
  done_reason: z.string().nullish(),
  prompt_eval_count: z.number().nullish(),
  eval_count: z.number().nullish(),
});

type AnswerLine = z.infer<typeof answerLine>;

/**
 * The parts of a streamed answer, which has one JSON object per line. A line that is not part of an answer ends the
 * stream with an error. An answer without its last line has no finish reason.
 */
export function readOllamaStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
): ReadableStream<LanguageModelV4StreamPart> {
  const decoder = new TextDecoder();
  const answer = new OllamaAnswer();
  let rest = "";
  return (body ?? new Blob().stream()).pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, LanguageModelV4StreamPart>({
      start(controller) {
        controller.enqueue({ type: "stream-start", warnings: [] });
      },
      transform(chunk, controller) {
        const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) for (const part of answer.read(line)) controller.enqueue(part);
      },
      flush(controller) {
        // A last line that is not JSON was cut, so the answer is incomplete rather than damaged.
        const parts = isJson(rest) ? answer.read(rest) : [];
        for (const part of [...parts, ...answer.end()]) controller.enqueue(part);
      },
    }),
  );
}

/** The state of an answer while its lines are read. */
class OllamaAnswer {
  #openBlock: { type: "text" | "reasoning"; id: string } | null = null;
  #blockCount = 0;
  #hasCalls = false;
  #last: AnswerLine | null = null;

  /** @throws JSONParseError or TypeValidationError for a line that is not part of an answer */
  read(line: string): LanguageModelV4StreamPart[] {
    if (line.trim() === "") return [];
    const parsed = parseLine(line);
    const { thinking, content, tool_calls } = parsed.message;
    if (parsed.done) this.#last = parsed;
    return [
      ...this.#append({ type: "reasoning", delta: thinking ?? "" }),
      ...this.#append({ type: "text", delta: content }),
      ...(tool_calls ?? []).flatMap((call) => this.#call(call)),
    ];
  }

  end(): LanguageModelV4StreamPart[] {
    const { prompt_eval_count: inputTokens, eval_count: outputTokens } = this.#last ?? {};
    return [
      ...this.#close(),
      {
        type: "finish",
        finishReason: this.#finishReason(),
        usage: {
          inputTokens: {
            total: inputTokens ?? undefined,
            noCache: undefined,
            cacheRead: undefined,
            cacheWrite: undefined,
          },
          outputTokens: { total: outputTokens ?? undefined, text: undefined, reasoning: undefined },
        },
      },
    ];
  }

  #append({ type, delta }: { type: "text" | "reasoning"; delta: string }): LanguageModelV4StreamPart[] {
    if (delta === "") return [];
    const parts: LanguageModelV4StreamPart[] = [];
    if (this.#openBlock?.type !== type) {
      parts.push(...this.#close());
      this.#blockCount += 1;
      this.#openBlock = { type, id: `${this.#blockCount}` };
      parts.push({ type: `${type}-start`, id: this.#openBlock.id });
    }
    return [...parts, { type: `${type}-delta`, id: this.#openBlock.id, delta }];
  }

  #close(): LanguageModelV4StreamPart[] {
    if (this.#openBlock === null) return [];
    const { type, id } = this.#openBlock;
    this.#openBlock = null;
    return [{ type: `${type}-end`, id }];
  }

  #call({ id, function: { name, arguments: input } }: z.infer<typeof toolCall>): LanguageModelV4StreamPart[] {
    this.#hasCalls = true;
    const callId = id ?? `call_${randomUUID()}`;
    const json = typeof input === "string" ? input : JSON.stringify(input);
    return [
      ...this.#close(),
      { type: "tool-input-start", id: callId, toolName: name },
      { type: "tool-input-delta", id: callId, delta: json },
      { type: "tool-input-end", id: callId },
      { type: "tool-call", toolCallId: callId, toolName: name, input: json },
    ];
  }

  #finishReason(): LanguageModelV4FinishReason {
    const raw = this.#last?.done_reason ?? undefined;
    if (raw === "stop") return { unified: this.#hasCalls ? "tool-calls" : "stop", raw };
    return { unified: raw === "length" ? "length" : "other", raw };
  }
}

function parseLine(line: string): AnswerLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new JSONParseError({ text: line, cause });
  }
  const parsed = answerLine.safeParse(value);
  // An error of the server is a line of the form `{"error": …}`.
  if (!parsed.success) throw new TypeValidationError({ value, cause: parsed.error });
  return parsed.data;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
