import type { SearchedLine } from "#lib/contracts/versions/search.ts";
import { cutLine } from "./cut-line.ts";
import type { LineMatcher } from "./line-matcher.ts";

/** Lines are examined one by one only if a block of this many characters has a match. */
const blockCharacters = 16_384;

/** The first `maxLines` matching lines. `\n` and `\r\n` end a line. */
export function searchText({
  text,
  matcher,
  maxLines,
}: {
  text: string;
  matcher: LineMatcher;
  maxLines: number;
}): SearchedLine[] {
  const found: SearchedLine[] = [];
  if (text === "") return found;
  const withoutReturns = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  const body = withoutReturns.endsWith("\n") ? withoutReturns.slice(0, -1) : withoutReturns;
  let lineNumber = 1;
  for (let start = 0; start <= body.length && found.length < maxLines;) {
    const block = body.slice(start, findBlockEnd({ text: body, start }));
    if (matcher.mayMatch(block)) collectLines({ block, lineNumber, matcher, maxLines, found });
    start += block.length + 1;
    if (start <= body.length) lineNumber += countLineEnds(block) + 1;
  }
  return found;
}

/** The position of the line ending that ends a block, or the end of the text. */
function findBlockEnd({ text, start }: { text: string; start: number }): number {
  const end = text.indexOf("\n", start + blockCharacters);
  return end === -1 ? text.length : end;
}

function collectLines({
  block,
  lineNumber,
  matcher,
  maxLines,
  found,
}: {
  block: string;
  lineNumber: number;
  matcher: LineMatcher;
  maxLines: number;
  found: SearchedLine[];
}): void {
  for (const [index, line] of block.split("\n").entries()) {
    if (found.length === maxLines) return;
    const ranges = matcher.findRanges(line);
    if (ranges.length === 0) continue;
    found.push({ line: lineNumber + index, ...cutLine({ line, ranges }) });
  }
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
