import { RE2JS, RE2JSException } from "re2js";
import type { TextRange } from "#lib/contracts/versions/search.ts";
import { foldCase } from "./fold-case.ts";

export type SearchQuery = { query: string; isRegex: boolean; isCaseSensitive: boolean };

/** Finds matches within lines, in linear time for every query. */
export type LineMatcher = {
  /** False only if no line of this text matches. */
  mayMatch(lines: string): boolean;
  /**
   * Matches in one line, from left to right, without overlap. An empty match is only returned if the line has no other,
   * and then one.
   */
  findRanges(line: string): TextRange[];
};

type CompiledQuery = { status: "compiled"; matcher: LineMatcher } | { status: "invalid"; reason: string };

export function compileQuery(query: SearchQuery): CompiledQuery {
  return query.isRegex ? compileRegex(query) : { status: "compiled", matcher: createTextMatcher(query) };
}

function createTextMatcher({ query, isCaseSensitive }: SearchQuery): LineMatcher {
  const normalise = isCaseSensitive ? (text: string) => text : foldCase;
  const wanted = normalise(query);
  return {
    mayMatch: (lines) => normalise(lines).includes(wanted),
    findRanges(line) {
      const normalised = normalise(line);
      const ranges: TextRange[] = [];
      for (let at = normalised.indexOf(wanted); at !== -1; at = normalised.indexOf(wanted, at + wanted.length))
        ranges.push({ start: at, end: at + wanted.length });
      return ranges;
    },
  };
}

/** With these constructs, a regular expression can match a line alone but not the same line within a text. */
const seesWholeText = /\\[AzZ]|\(\?[a-zA-Z]*-/;

/** RE2's engine, which does not backtrack (Russ Cox, "Regular Expression Matching in the Wild", 2010). */
function compileRegex({ query, isCaseSensitive }: SearchQuery): CompiledQuery {
  const caseFlag = isCaseSensitive ? 0 : RE2JS.CASE_INSENSITIVE;
  try {
    const inLine = RE2JS.compile(query, caseFlag);
    const inLines = seesWholeText.test(query) ? null : RE2JS.compile(query, caseFlag | RE2JS.MULTILINE);
    return {
      status: "compiled",
      matcher: {
        mayMatch: (lines) => inLines?.test(lines) ?? true,
        findRanges: (line) => (inLine.test(line) ? listRanges({ regex: inLine, line }) : []),
      },
    };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { status: "invalid", reason: error.message };
  }
}

function listRanges({ regex, line }: { regex: RE2JS; line: string }): TextRange[] {
  const matcher = regex.matcher(line);
  const ranges: TextRange[] = [];
  let empty: TextRange | undefined;
  while (matcher.find()) {
    const range = { start: matcher.start(), end: matcher.end() };
    if (range.end > range.start) ranges.push(range);
    else empty ??= range;
  }
  return ranges.length > 0 || empty === undefined ? ranges : [empty];
}
