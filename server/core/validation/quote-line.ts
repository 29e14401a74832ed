const maxExcerptCharacters = 200;

/** A 1-based line of a text for a finding: trimmed, and truncated if long. */
export function quoteLine({ text, line }: { text: string; line: number }): string {
  const quoted = (text.split("\n", line)[line - 1] ?? "").trim();
  return quoted.length > maxExcerptCharacters ? `${quoted.slice(0, maxExcerptCharacters)}…` : quoted;
}
