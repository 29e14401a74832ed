import { readFile } from "node:fs/promises";
import { Language, Parser, type Tree } from "web-tree-sitter";
import type { GrammarLanguage, SourceParser } from "#server/core/syntax/source-parser.ts";

// Not imported directly: Turbopack follows an imported createRequire and then bundles every WebAssembly file that the
// specifiers below could name.
const requireFromHere = process.getBuiltinModule("node:module").createRequire(import.meta.url);

const grammarLanguages: readonly GrammarLanguage[] = [
  "python",
  "typescript",
  "tsx",
  "javascript",
  "css",
  "c-sharp",
  "go",
  "java",
  "php",
  "ruby",
  "rust",
];

/** A parser with its own grammars. A text that cannot be parsed within the limit reads as empty. */
export async function createSourceParser({ parseLimitMs: limitMs }: { parseLimitMs: number }): Promise<SourceParser> {
  const runtimePath = requireFromHere.resolve("web-tree-sitter/web-tree-sitter.wasm");
  await Parser.init({ wasmBinary: await readFile(runtimePath) });
  const parsers = new Map<GrammarLanguage, Parser>();
  for (const language of grammarLanguages) {
    const grammarPath = requireFromHere.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`);
    parsers.set(language, new Parser().setLanguage(await Language.load(await readFile(grammarPath))));
  }
  return {
    withTree({ language, text }, read) {
      const parser = parsers.get(language);
      if (parser === undefined) throw new Error(`No grammar is loaded for ${language}.`);
      const tree = parseWithin({ parser, text, limitMs }) ?? parser.parse("");
      if (tree === null) throw new Error(`The ${language} grammar gave no tree for an empty text.`);
      try {
        return read(tree.rootNode);
      } finally {
        tree.delete();
      }
    },
  };
}

function parseWithin({ parser, text, limitMs }: { parser: Parser; text: string; limitMs: number }): Tree | null {
  const startedMs = performance.now();
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() - startedMs > limitMs });
  if (tree === null) parser.reset();
  return tree;
}
