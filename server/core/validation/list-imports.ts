import type { Node } from "web-tree-sitter";
import { findSourceLanguage, type SourceParser } from "../syntax/source-parser.ts";

/** One import of a source file. */
export type ImportedModule = {
  /** As written: `./user.ts`, `app.models`, `..models`. */
  specifier: string;
  /** Names that are taken from a Python module; they may be modules themselves. */
  names: string[];
  /** 1-based. */
  line: number;
};

/**
 * What a Python, TypeScript or JavaScript file imports; empty for other paths. Imports that a `try` guards may well
 * fail.
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
    .map((node) => node.childForFieldName("source"));
  const calls = root.descendantsOfType("call_expression").map((node) => {
    const callee = node.childForFieldName("function");
    if (callee === null || (callee.type !== "import" && callee.text !== "require")) return null;
    return hasAncestor({ node, type: "try_statement" })
      ? null
      : (node.childForFieldName("arguments")?.firstNamedChild ?? null);
  });
  return [...sources, ...calls].flatMap((node): ImportedModule[] =>
    node?.type === "string" ? [{ specifier: node.text.slice(1, -1), names: [], line: node.startPosition.row + 1 }] : [],
  );
}

function hasAncestor({ node, type }: { node: Node; type: string }): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) if (parent.type === type) return true;
  return false;
}
