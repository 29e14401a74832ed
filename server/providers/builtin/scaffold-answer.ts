export type ScaffoldToolCall = { name: string; input: Record<string, unknown> };

/** One turn of the built-in generator. */
export type ScaffoldAnswer = { text: string; toolCalls: ScaffoldToolCall[] };

export function answerText(text: string): ScaffoldAnswer {
  return { text, toolCalls: [] };
}
