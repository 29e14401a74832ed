import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { FactExtractor } from "../fact-extractor.ts";
import { findScriptLanguage, isScriptPath } from "./typescript-syntax.ts";

type ScriptSource = { path: FilePath; text: string };

/** An extractor for TypeScript and JavaScript. `isWanted` is a cheap text search that skips files. */
export function scriptExtractor({
  name,
  handles = isScriptPath,
  isWanted = () => true,
  read,
}: {
  name: string;
  handles?: (path: string) => boolean;
  isWanted?: (source: ScriptSource) => boolean;
  read: (source: ScriptSource & { root: Node }) => Partial<FileFacts>;
}): FactExtractor {
  return {
    name,
    handles,
    extract({ path, text, parser }) {
      const language = findScriptLanguage(path);
      if (language === null || !isWanted({ path, text })) return {};
      return parser.withTree({ language, text }, (root) => read({ root, path, text }));
    },
  };
}
