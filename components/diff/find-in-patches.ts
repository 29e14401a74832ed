import type { Hunk } from "./parse-hunks.ts";

export type FindHit = {
  path: string;
  hunk: number;
  side: "additions" | "deletions";
  /** 1-based, on that side. */
  line: number;
};

export type FindOptions = { query: string; isCaseSensitive: boolean; isRegex: boolean };

/** More than anyone steps through. */
const maxHits = 5_000;

/**
 * The lines of all patches that hold a text, shown on the screen or not, in their order; a line that both sides have counts once.
 * `problem` says why a pattern cannot be used.
 */
export function findInPatches({ files, query, isCaseSensitive, isRegex }: { files: readonly { path: string; hunks: readonly Hunk[] }[] } & FindOptions): { hits: FindHit[]; problem: string | null } {
  if (query === "") return { hits: [], problem: null };
  const pattern = toPattern({ query, isCaseSensitive, isRegex });
  if (pattern === null) return { hits: [], problem: "This is no valid pattern." };
  const hits: FindHit[] = [];
  for (const { path, hunks } of files) {
    for (const [index, { oldStart, newStart, lines }] of hunks.entries()) {
      let oldLine = oldStart;
      let newLine = newStart;
      for (const { sign, text } of lines) {
        if (pattern.test(text.replace(/\r?\n$/, ""))) hits.push({ path, hunk: index, ...(sign === "-" ? { side: "deletions" as const, line: oldLine } : { side: "additions" as const, line: newLine }) });
        if (hits.length >= maxHits) return { hits, problem: null };
        if (sign !== "+") oldLine += 1;
        if (sign !== "-") newLine += 1;
      }
    }
  }
  return { hits, problem: null };
}

function toPattern({ query, isCaseSensitive, isRegex }: FindOptions): RegExp | null {
  try {
    return new RegExp(isRegex ? query : query.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), isCaseSensitive ? "" : "i");
  } catch {
    return null;
  }
}
