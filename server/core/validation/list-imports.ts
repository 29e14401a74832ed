import type { Node } from "web-tree-sitter";
import { findSourceLanguage, type SourceParser } from "../syntax/source-parser.ts";

/** One import of a source file. */
export type ImportedModule = {
  /** As written: `./user.ts`, `app.models`, `..models`. */
  specifier: string;
  /** Names imported from the module; those of a Python package may be modules themselves. */
  names: string[];
  /** 1-based. */
  line: number;
};

/**
 * The imports of a Python, TypeScript or JavaScript file; empty for other paths. Imports inside a `try` are optional.
 */
export function listImports({
  path,
  text,
  sourceParser,
}: {
  path: string;
  text: string;
  sourceParser: SourceParser;
}): ImportedModule[] {
  const language = findSourceLanguage(path);
  if (language === null || language === "css") return [];
  return sourceParser.withTree({ language, text }, (root) =>
    language === "python" ? listPythonImports(root) : listScriptImports(root),
  );
}

function listPythonImports(root: Node): ImportedModule[] {
  return root.descendantsOfType(["import_from_statement", "import_statement"]).flatMap((node): ImportedModule[] => {
    if (hasAncestor({ node, type: "try_statement" })) return [];
    const line = node.startPosition.row + 1;
    const names = node
      .childrenForFieldName("name")
      .flatMap((child) =>
        child?.type === "aliased_import" ? (child.childForFieldName("name")?.text ?? []) : (child?.text ?? []),
      );
    if (node.type === "import_statement") return names.map((specifier) => ({ specifier, names: [], line }));
    const specifier = node.childForFieldName("module_name")?.text;
    return specifier === undefined ? [] : [{ specifier, names, line }];
  });
}

function listScriptImports(root: Node): ImportedModule[] {
  const sources = root
    .descendantsOfType(["import_statement", "export_statement"])
    .map((node) => ({ node: node.childForFieldName("source"), names: listScriptNames(node) }));
  const calls = root.descendantsOfType("call_expression").map((node) => {
    const callee = node.childForFieldName("function");
    const isImport = callee !== null && (callee.type === "import" || callee.text === "require");
    const isCertain = isImport && !hasAncestor({ node, type: "try_statement" });
    return { node: isCertain ? (node.childForFieldName("arguments")?.firstNamedChild ?? null) : null, names: [] };
  });
  return [...sources, ...calls].flatMap(({ node, names }): ImportedModule[] =>
    node?.type === "string" ? [{ specifier: node.text.slice(1, -1), names, line: node.startPosition.row + 1 }] : [],
  );
}

/** `A` and `B` of `import { A, B as C } from "…"` and of `export { A, B } from "…"`. */
function listScriptNames(node: Node): string[] {
  return node
    .descendantsOfType(["import_specifier", "export_specifier"])
    .flatMap((specifier) => specifier.childForFieldName("name")?.text ?? []);
}

function hasAncestor({ node, type }: { node: Node; type: string }): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) if (parent.type === type) return true;
  return false;
}
