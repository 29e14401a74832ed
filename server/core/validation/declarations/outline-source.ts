import { findGrammarLanguage, type SourceParser } from "../../syntax/source-parser.ts";
import { outlineByGrammar } from "./outline-by-grammar.ts";
import { outlineByWords } from "./outline-by-words.ts";

/** A named piece of source text. Lines are 0-based and `endLine` is inclusive. */
export type OutlineEntry = {
  name: string;
  /** The enclosing class, struct or module; null at the top level. */
  owner: string | null;
  kind: "symbol" | "member";
  /** Nothing outside its file or class depends on it, judged by its name or modifiers. */
  isPrivate: boolean;
  isDefaultExport: boolean;
  startLine: number;
  endLine: number;
};

/** The declarations of a text, outermost first; empty if the path's language has neither grammar nor keywords. */
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
