import type { Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";
import type { FileSide } from "./analyze-losses.ts";

const word = /[\p{L}_$][\p{L}\d_$]*/gu;

/**
 * Where the names of lost declarations are used, by words: in the parent outside of what was lost, and in the
 * candidate. Words cannot tell two things of one name apart, so a use is sooner seen than missed.
 */
export function countUses({ sides, input }: { sides: readonly FileSide[]; input: ValidationInput }): {
  isLetGo: (declaration: Declaration) => boolean;
  isUsedIn: (place: { side: FileSide; name: string }) => boolean;
} {
  const before = new Map<string, number>();
  const after = new Set<string>();
  const afterOf = new Map<string, ReadonlySet<string>>();
  for (const side of sides) {
    for (const [name, count] of countWords(side.before ?? "")) before.set(name, (before.get(name) ?? 0) + count);
    for (const [name, count] of countWords(cutLost(side))) before.set(name, (before.get(name) ?? 0) - count);
    const words = new Set(countWords(side.after ?? "").keys());
    afterOf.set(side.path, words);
    for (const name of words) after.add(name);
  }
  const untouched = new Set(input.untouchedFiles.flatMap(({ text }) => [...countWords(text).keys()]));
  return {
    isLetGo: ({ kind, name, isData }) =>
      (kind === "symbol" || kind === "member") &&
      !isData &&
      (before.get(name) ?? 0) > 0 &&
      !after.has(name) &&
      !untouched.has(name),
    isUsedIn: ({ side, name }) => afterOf.get(side.path)?.has(name) ?? false,
  };
}

/** The lines of the lost declarations themselves: what they say of each other is no use. */
function cutLost({ before, missing }: FileSide): string {
  const lines = (before ?? "").split("\n");
  const lost = new Set<number>();
  for (const { startLine, endLine } of missing)
    for (let line = Math.max(0, startLine); line <= endLine; line += 1) lost.add(line);
  return lines.filter((_, index) => lost.has(index)).join("\n");
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const found of text.match(word) ?? []) counts.set(found, (counts.get(found) ?? 0) + 1);
  return counts;
}
