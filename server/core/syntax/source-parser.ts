import type { Node } from "web-tree-sitter";

export type SourceLanguage = "python" | "typescript" | "tsx" | "javascript" | "css";

/**
 * Parses source text with a tree-sitter grammar. Parsing never fails: a broken text gives a tree with error nodes.
 * The tree lives only while `read` runs, because its memory is the WebAssembly module's.
 */
export interface SourceParser {
  withTree<Result>(source: { language: SourceLanguage; text: string }, read: (root: Node) => Result): Result;
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

/** The grammar for a path, or null where there is none. */
export function findSourceLanguage(path: string): SourceLanguage | null {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? null : (languageByExtension[extension] ?? null);
}
