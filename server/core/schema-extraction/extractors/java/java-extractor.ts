import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { FactExtractor } from "../fact-extractor.ts";
import { listJavaClasses, type JavaClass } from "./java-syntax.ts";

/** An extractor for Java. `mark` is a cheap text search that skips files. */
export function javaExtractor({
  name,
  mark,
  read,
}: {
  name: string;
  mark: RegExp;
  read: (source: { path: FilePath; root: Node; classes: JavaClass[] }) => Partial<FileFacts>;
}): FactExtractor {
  return {
    name,
    handles: (path) => path.endsWith(".java"),
    extract({ path, text, parser }) {
      if (!mark.test(text)) return {};
      return parser.withTree({ language: "java", text }, (root) =>
        read({ path, root, classes: listJavaClasses(root) }),
      );
    },
  };
}
