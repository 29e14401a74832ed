import type { HunkDecision } from "#lib/contracts/comparisons/hunk-decision.ts";

/** The texts of both sides where two versions changed the same lines. Lines keep their endings. */
export type HunkSides = { ours: string; theirs: string };

/** The lines that result from a decision on a conflict. The browser shows them and the server stores them. */
export function resolveHunk({ ours, theirs, decision }: HunkSides & { decision: HunkDecision }): string {
  if ("text" in decision) return decision.text;
  switch (decision.take) {
    case "ours":
      return ours;
    case "theirs":
      return theirs;
    case "ours-theirs":
      return join(ours, theirs);
    case "theirs-ours":
      return join(theirs, ours);
  }
}

/** Adds a missing line ending to the last line, so that it does not join the text that follows. */
function join(first: string, second: string): string {
  if (first === "" || second === "" || first.endsWith("\n")) return first + second;
  return `${first}${second.includes("\r\n") ? "\r\n" : "\n"}${second}`;
}
