import { foldCase } from "./fold-case.ts";
import { readPackedTexts, type PackedTexts } from "./packed-texts.ts";

/** The number of non-overlapping matches of the query in each text. */
export function countMatches({
  query,
  isCaseSensitive,
  texts,
}: {
  query: string;
  isCaseSensitive: boolean;
  texts: PackedTexts;
}): number[] {
  const normalise = isCaseSensitive ? (text: string) => text : foldCase;
  const wanted = normalise(query);
  return Array.from(readPackedTexts(texts), (text) => countIn({ text: normalise(text), wanted }));
}

function countIn({ text, wanted }: { text: string; wanted: string }): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
