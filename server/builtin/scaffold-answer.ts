export type ScaffoldToolCall = { name: string; input: Record<string, unknown> };

/** One turn of the built-in generator. */
export type ScaffoldAnswer = { text: string; toolCalls: ScaffoldToolCall[] };

export function answerText(text: string): ScaffoldAnswer {
  return { text, toolCalls: [] };
}

/** The call that ends the answer, including undone parts of the request in the user's words. */
export function finish({ summary, notDone }: { summary: string; notDone: readonly string[] }): ScaffoldToolCall {
  return { name: "finish", input: notDone.length === 0 ? { summary } : { summary, notDone } };
}
