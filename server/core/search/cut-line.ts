import type { SearchedLine, TextRange } from "#lib/contracts/versions/search.ts";

/** Twice what a wide window shows of a line. */
const shownCharacters = 400;
/** The part of a long line shown before its first match. */
const leadCharacters = 80;

/** The visible part of a line, with its matches. Never splits a surrogate pair. */
export function cutLine({ line, ranges }: { line: string; ranges: readonly TextRange[] }): Omit<SearchedLine, "line"> {
  if (line.length <= shownCharacters)
    return { text: line, textStart: 0, isCut: false, ranges: [...ranges], matchCount: ranges.length };
  const first = ranges[0]?.start ?? 0;
  const latest = line.length - shownCharacters;
  const textStart = skipHalfPair({ line, at: Math.max(0, Math.min(first - leadCharacters, latest)) });
  const textEnd = skipHalfPair({ line, at: Math.min(line.length, textStart + shownCharacters) });
  return {
    text: line.slice(textStart, textEnd),
    textStart,
    isCut: true,
    matchCount: ranges.length,
    ranges: ranges
      .filter(({ start }) => start < textEnd || start === first)
      .map(({ start, end }) => ({ start: start - textStart, end: Math.min(end, textEnd) - textStart })),
  };
}

function skipHalfPair({ line, at }: { line: string; at: number }): number {
  return /[\uDC00-\uDFFF]/.test(line.charAt(at)) && /[\uD800-\uDBFF]/.test(line.charAt(at - 1)) ? at + 1 : at;
}
