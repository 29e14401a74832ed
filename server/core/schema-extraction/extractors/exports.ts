import type { Node } from "web-tree-sitter";
import type { CodeExport } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { isPythonPath, listAssignments, listModuleStatements, readDefinition } from "./python/python-syntax.ts";
import { lineOf } from "./spell-node.ts";
import {
  findScriptLanguage,
  isScriptPath,
  listDeclarators,
  listProperties,
  listTopLevel,
  type TopLevel,
} from "./scripts/typescript-syntax.ts";

/** What a module exports: exports of TypeScript and JavaScript, public top-level names of Python. */
export const exportsExtractor: FactExtractor = {
  name: "exports",
  handles: (path) => isPythonPath(path) || isScriptPath(path),
  extract({ path, text, parser }) {
    const language = findScriptLanguage(path);
    const exports =
      language === null
        ? parser.withTree({ language: "python", text }, (root) => listPythonNames({ root, path }))
        : parser.withTree({ language, text }, (root) => listScriptExports({ root, path }));
    return { exports };
  },
};

function listPythonNames({ root, path }: { root: Node; path: FilePath }): CodeExport[] {
  const seen = new Set<string>();
  return listModuleStatements(root).flatMap((statement): CodeExport[] => {
    const found = readPythonName({ statement, path });
    if (found === null || found.name.startsWith("_") || seen.has(found.name)) return [];
    seen.add(found.name);
    return [found];
  });
}

function readPythonName({ statement, path }: { statement: Node; path: FilePath }): CodeExport | null {
  const { definition } = readDefinition(statement);
  const name = definition.childForFieldName("name")?.text;
  const line = lineOf(definition);
  if (definition.type === "class_definition" && name !== undefined) return { name, kind: "class", path, line };
  if (definition.type === "function_definition" && name !== undefined) return { name, kind: "function", path, line };
  const [assignment] = listAssignments([statement]);
  return assignment === undefined ? null : { name: assignment.name, kind: "const", path, line };
}

const kindByNode: Readonly<Record<string, CodeExport["kind"]>> = {
  class_declaration: "class",
  abstract_class_declaration: "class",
  class: "class",
  function_declaration: "function",
  function_signature: "function",
  generator_function_declaration: "function",
  function_expression: "function",
  arrow_function: "function",
  interface_declaration: "type",
  type_alias_declaration: "type",
  enum_declaration: "enum",
};

function listScriptExports({ root, path }: { root: Node; path: FilePath }): CodeExport[] {
  const topLevel = listTopLevel(root);
  const declared = topLevel.flatMap((item) => readDeclaredExport({ item, path }) ?? []);
  const constants = listDeclarators(topLevel).flatMap(({ name, line, isExported }): CodeExport[] =>
    isExported ? [{ name, kind: "const", path, line }] : [],
  );
  const listed = root.namedChildren.flatMap((statement) =>
    statement.type === "export_statement" ? listClause({ statement, path }) : listCommonJs({ statement, path }),
  );
  const unique = new Map([...declared, ...constants, ...listed].map((each) => [each.name, each] as const).toReversed());
  return [...unique.values()].toSorted((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1));
}

function readDeclaredExport({
  item: { node, isExported, isDefault },
  path,
}: {
  item: TopLevel;
  path: FilePath;
}): CodeExport | null {
  const kind = kindByNode[node.type];
  const name = isDefault ? "default" : node.childForFieldName("name")?.text;
  if (!isExported || name === undefined) return null;
  if (kind !== undefined) return { name, kind, path, line: lineOf(node) };
  return isDefault ? { name, kind: "other", path, line: lineOf(node) } : null;
}

/** `export { a, b as c }`, also from another module. */
function listClause({ statement, path }: { statement: Node; path: FilePath }): CodeExport[] {
  const isTypeOnly = statement.children.some((child) => child.type === "type");
  const clause = statement.namedChildren.find(
    (child) => child.type === "export_clause" || child.type === "namespace_export",
  );
  if (clause?.type === "namespace_export")
    return [{ name: clause.firstNamedChild?.text ?? "*", kind: "other", path, line: lineOf(clause) }];
  return (clause?.namedChildren ?? []).flatMap((specifier): CodeExport[] => {
    const name = specifier.childForFieldName("alias")?.text ?? specifier.childForFieldName("name")?.text;
    return name === undefined ? [] : [{ name, kind: isTypeOnly ? "type" : "other", path, line: lineOf(specifier) }];
  });
}

/** `module.exports = { a, b }`, `module.exports.a = …` and `exports.a = …`. */
function listCommonJs({ statement, path }: { statement: Node; path: FilePath }): CodeExport[] {
  const assignment = statement.type === "expression_statement" ? statement.firstNamedChild : null;
  const left = assignment?.type === "assignment_expression" ? assignment.childForFieldName("left")?.text : undefined;
  if (assignment === null || left === undefined) return [];
  if (left === "module.exports") {
    const properties = listProperties(assignment.childForFieldName("right"));
    return properties.map(({ name, line }) => ({ name, kind: "other", path, line }));
  }
  const name = /^(?:module\.)?exports\.(\w+)$/.exec(left)?.[1];
  return name === undefined ? [] : [{ name, kind: "other", path, line: lineOf(statement) }];
}
