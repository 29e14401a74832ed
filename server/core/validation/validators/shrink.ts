import { findTopLevelSymbols } from "../find-top-level-symbols.ts";
import type { Validator } from "../validator.ts";

/** Shorter files shrink for good reasons; measured on real history, 1.0 % of modified files fall under half. */
const minParentLines = 20;

/**
 * A whole-file write that leaves much less than there was: under half of the parent's lines, or over 30 % gone together
 * with a top-level symbol that no other changed file has.
 */
export const shrink: Validator = {
  name: "shrink",
  validate: ({ changedFiles, sourceParser }) =>
    changedFiles.flatMap(({ path, before, after, cause }) => {
      if (before === null || cause !== "write") return [];
      const parentLines = countLines(before);
      const lines = countLines(after);
      if (parentLines < minParentLines) return [];
      const share = lines / parentLines;
      const lost = share < 0.7 && share >= 0.5 ? findLost({ before, after, path, others: changedFiles.filter((file) => file.path !== path).map((file) => file.after), sourceParser }) : [];
      if (share >= 0.5 && lost.length === 0) return [];
      return [
        {
          validator: "shrink",
          severity: "strong" as const,
          path,
          message: `The file went from ${parentLines} to ${lines} lines${lost.length === 0 ? "" : ` and lost ${lost.slice(0, 5).join(", ")}`}.`,
        },
      ];
    }),
};

function findLost({ before, after, path, others, sourceParser }: { before: string; after: string; path: string; others: string[]; sourceParser: Parameters<typeof findTopLevelSymbols>[0]["sourceParser"] }): string[] {
  const kept = new Set(findTopLevelSymbols({ path, text: after, sourceParser }));
  return findTopLevelSymbols({ path, text: before, sourceParser }).filter((name) => !kept.has(name) && !others.some((text) => text.includes(name)));
}

function countLines(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
