import { findInLine, toFindPattern, type Found, type FindOptions } from "../../../diff-surface/find/find-in-text.ts";
import type { Hunk } from "../../../diff-surface/hunks/parse-hunks.ts";

export type FindHit = Found & {
  path: string;
  hunk: number;
  side: "additions" | "deletions";
  /** 1-based, on that side. */
  line: number;
};

/** More matches than a user steps through. */
const maxHits = 5_000;

/**
 * All matches of a text in the lines of all patches, rendered or not, in order; an unchanged line counts once.
 * `problem` says why a pattern is invalid.
 */
export function findInPatches({
  files,
  ...options
}: { files: readonly { path: string; hunks: readonly Hunk[] }[] } & FindOptions): {
  hits: FindHit[];
  problem: string | null;
} {
  const pattern = toFindPattern(options);
  if (pattern === null) return { hits: [], problem: options.query === "" ? null : "This is no valid pattern." };
  const hits: FindHit[] = [];
  for (const { path, hunks } of files) {
    for (const [index, { oldStart, newStart, lines }] of hunks.entries()) {
      let oldLine = oldStart;
      let newLine = newStart;
      for (const { sign, text } of lines) {
        const place = {
          path,
          hunk: index,
          ...(sign === "-"
            ? { side: "deletions" as const, line: oldLine }
            : { side: "additions" as const, line: newLine }),
        };
        for (const found of findInLine({ text: text.replace(/\r?\n$/, ""), pattern }))
          hits.push({ ...place, ...found });
        if (hits.length >= maxHits) return { hits: hits.slice(0, maxHits), problem: null };
        if (sign !== "+") oldLine += 1;
        if (sign !== "-") newLine += 1;
      }
    }
  }
  return { hits, problem: null };
}
