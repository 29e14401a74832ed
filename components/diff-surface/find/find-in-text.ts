export type FindOptions = { query: string; isCaseSensitive: boolean; isRegex: boolean };

/** The range of a match in a line: 0-based, end exclusive. */
export type Found = { start: number; end: number };

/** The pattern of a query; null for an invalid regular expression and an empty query. */
export function toFindPattern({ query, isCaseSensitive, isRegex }: FindOptions): RegExp | null {
  if (query === "") return null;
  try {
    return new RegExp(isRegex ? query : query.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), isCaseSensitive ? "g" : "gi");
  } catch {
    return null;
  }
}

/** All matches in one line without its ending. Empty matches, such as of `^`, are ignored. */
export function findInLine({ text, pattern }: { text: string; pattern: RegExp }): Found[] {
  pattern.lastIndex = 0;
  const found: Found[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === "") pattern.lastIndex += 1;
    else found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** All matches in a text, in order, with 1-based lines; at most `limit`. */
export function findInText({
  text,
  pattern,
  limit,
}: {
  text: string;
  pattern: RegExp;
  limit: number;
}): (Found & { line: number })[] {
  const found: (Found & { line: number })[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    for (const place of findInLine({ text: line, pattern })) {
      found.push({ line: index + 1, ...place });
      if (found.length === limit) return found;
    }
  }
  return found;
}
