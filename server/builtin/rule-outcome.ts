/** What one rule did to the draft, as a sentence; or why it refused without any change. */
export type RuleOutcome = { status: "done"; summary: string } | { status: "refused"; reason: string };

export function done(summary: string): RuleOutcome {
  return { status: "done", summary };
}

export function refuse(reason: string): RuleOutcome {
  return { status: "refused", reason };
}

/** `a`, `a and b`, `a, b and c` */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
