import type { Node } from "web-tree-sitter";

/** Languages whose files are checked for syntax errors and read for their schema. */
export type SourceLanguage = "python" | "typescript" | "tsx" | "javascript" | "css";

/** Languages of which only the declarations are read. */
type OutlineLanguage = "c-sharp" | "go" | "java" | "php" | "ruby" | "rust";

export type GrammarLanguage = SourceLanguage | OutlineLanguage;

/**
 * Parses source text with a tree-sitter grammar. Parsing never fails: broken text gives a tree with error nodes. The
 * tree is only valid while `read` runs, because its memory belongs to the WebAssembly module.
 */
export interface SourceParser {
  withTree<Result>(source: { language: GrammarLanguage; text: string }, read: (root: Node) => Result): Result;
}

const languageByExtension: Readonly<Record<string, SourceLanguage>> = {
  py: "python",
  pyi: "python",
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "tsx",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascript",
  css: "css",
};

const outlineLanguageByExtension: Readonly<Record<string, OutlineLanguage>> = {
  cs: "c-sharp",
  go: "go",
  java: "java",
  php: "php",
  rb: "ruby",
  rake: "ruby",
  rs: "rust",
};

/** The language of a path whose text is checked and read for its schema; null if there is none. */
export function findSourceLanguage(path: string): SourceLanguage | null {
  return languageByExtension[readExtension(path)] ?? null;
}

/** The grammar that reads the declarations of a path; null if there is none. */
export function findGrammarLanguage(path: string): GrammarLanguage | null {
  return findSourceLanguage(path) ?? outlineLanguageByExtension[readExtension(path)] ?? null;
}

function readExtension(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}
