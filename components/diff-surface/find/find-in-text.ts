export type FindOptions = { query: string; isCaseSensitive: boolean; isRegex: boolean };

/** Where a text was found in a line: characters from 0, the end not included. */
export type Found = { start: number; end: number };

/** What to look for; null where a regular expression cannot be used, or nothing is asked for. */
export function toFindPattern({ query, isCaseSensitive, isRegex }: FindOptions): RegExp | null {
  if (query === "") return null;
  try {
    return new RegExp(isRegex ? query : query.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), isCaseSensitive ? "g" : "gi");
  } catch {
    return null;
  }
}

/** All places of one line, which comes without its ending. One without characters, such as of `^`, is none. */
export function findInLine({ text, pattern }: { text: string; pattern: RegExp }): Found[] {
  pattern.lastIndex = 0;
  const found: Found[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === "") pattern.lastIndex += 1;
    else found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** All places of a text, in their order, with their lines from 1; no more than `limit`. */
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
