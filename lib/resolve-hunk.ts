import type { HunkDecision } from "#lib/contracts/comparisons/hunk-decision.ts";

/**
 * What one side has at a place where two versions changed the same lines, and what the other has. Lines keep their
 * endings.
 */
export type HunkSides = { ours: string; theirs: string };

/** The lines that a decision makes of a conflict. For the browser, which shows them, and the server, which stores them. */
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

/** A last line without an ending gets one, so that it does not run into what follows. */
function join(first: string, second: string): string {
  if (first === "" || second === "" || first.endsWith("\n")) return first + second;
  return `${first}${second.includes("\r\n") ? "\r\n" : "\n"}${second}`;
}
