import type { TextRange } from "#lib/contracts/versions/search.ts";

/** A part of a line: the offset at which it starts, and whether it is a match of a search. */
export type LinePart = { start: number; content: string; isMatch: boolean };

/**
 * Splits a line into parts with and without a match, without its indentation and with a limited prefix before the first
 * match.
 */
export function splitRanges({
  text,
  ranges,
  leadCharacters,
}: {
  text: string;
  ranges: readonly TextRange[];
  leadCharacters: number;
}): { parts: LinePart[]; isLeadCut: boolean } {
  const indent = text.length - text.trimStart().length;
  const first = ranges[0]?.start ?? 0;
  const isLeadCut = first - indent > leadCharacters;
  const parts: LinePart[] = [];
  let at = isLeadCut ? first - leadCharacters : Math.min(indent, first);
  for (const { start, end } of ranges) {
    if (start > at) parts.push({ start: at, content: text.slice(at, start), isMatch: false });
    if (end > start) parts.push({ start, content: text.slice(start, end), isMatch: true });
    at = end;
  }
  if (at < text.length) parts.push({ start: at, content: text.slice(at), isMatch: false });
  return { parts, isLeadCut };
}
