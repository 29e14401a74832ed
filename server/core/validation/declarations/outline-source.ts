import { findGrammarLanguage, type SourceParser } from "../../syntax/source-parser.ts";
import { outlineByGrammar } from "./outline-by-grammar.ts";
import { outlineByWords } from "./outline-by-words.ts";

/** One named piece of a source text: lines are 0-based and `endLine` is inclusive. */
export type OutlineEntry = {
  name: string;
  /** The class, struct or module that holds it; null at the top. */
  owner: string | null;
  kind: "symbol" | "member";
  /** Nothing outside its file or class counts on it, as far as its name or its modifiers tell. */
  isPrivate: boolean;
  isDefaultExport: boolean;
  startLine: number;
  endLine: number;
};

/** The declarations of a text, outermost first; empty for a path whose language has neither grammar nor keywords. */
export function outlineSource({
  path,
  text,
  sourceParser,
}: {
  path: string;
  text: string;
  sourceParser: SourceParser;
}): OutlineEntry[] {
  const language = findGrammarLanguage(path);
  if (language === "css") return [];
  return language === null
    ? outlineByWords({ path, text })
    : sourceParser.withTree({ language, text }, (root) => outlineByGrammar({ root, language }));
}
