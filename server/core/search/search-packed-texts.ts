import type { SearchedLine } from "#lib/contracts/versions/search.ts";
import { compileQuery, type SearchQuery } from "./line-matcher.ts";
import { readPackedTexts, type PackedTexts } from "./packed-texts.ts";
import { searchText } from "./search-text.ts";

/** `index` is the index of the line's text among the searched texts. */
export type FoundLine = { index: number; line: SearchedLine };

type PackedSearchResult = { status: "searched"; found: FoundLine[] } | { status: "invalid"; reason: string };

/** The first `maxLines` matching lines of many texts, in order. */
export function searchPackedTexts({
  query,
  texts,
  maxLines,
}: {
  query: SearchQuery;
  texts: PackedTexts;
  maxLines: number;
}): PackedSearchResult {
  const compiled = compileQuery(query);
  if (compiled.status === "invalid") return compiled;
  const found: FoundLine[] = [];
  let index = 0;
  for (const text of readPackedTexts(texts)) {
    const left = maxLines - found.length;
    if (left === 0) break;
    for (const line of searchText({ text, matcher: compiled.matcher, maxLines: left })) found.push({ index, line });
    index += 1;
  }
  return { status: "searched", found };
}
