import type { Node } from "web-tree-sitter";
import type { ImportFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { lineOf, spell } from "../spell-node.ts";

export function isPythonPath(path: string): boolean {
  return /\.pyi?$/.test(path);
}

/** The statements of a module, including those in its `if` and `try` blocks (`if TYPE_CHECKING:`), in order. */
export function listModuleStatements(root: Node): Node[] {
  const statements: Node[] = [];
  const pending = root.namedChildren.toReversed();
  while (pending.length > 0) {
    const node = pending.pop();
    if (node === undefined) break;
    if (/^(?:if_statement|try_statement|block|else_clause|elif_clause|except_clause|finally_clause)$/.test(node.type))
      pending.push(...node.namedChildren.toReversed());
    else statements.push(node);
  }
  return statements;
}

/** A function or class under its decorators. */
export function readDefinition(statement: Node): { definition: Node; decorators: Node[] } {
  if (statement.type !== "decorated_definition") return { definition: statement, decorators: [] };
  const definition = statement.childForFieldName("definition") ?? statement;
  return { definition, decorators: statement.namedChildren.filter((child) => child.type === "decorator") };
}

export type PythonClass = {
  name: string;
  line: number;
  /** Dotted as written, without type arguments. */
  bases: string[];
  keywords: ReadonlyMap<string, Node>;
  body: Node;
};

/** The classes of a module, top level only. */
export function listClasses(root: Node): PythonClass[] {
  return listModuleStatements(root).flatMap((statement) => {
    const { definition } = readDefinition(statement);
    const name = definition.childForFieldName("name");
    const body = definition.childForFieldName("body");
    if (definition.type !== "class_definition" || name === null || body === null) return [];
    const { positional, keywords } = readArguments(definition.childForFieldName("superclasses"));
    return [{ name: name.text, line: lineOf(definition), bases: positional.map(readBaseName), keywords, body }];
  });
}

/** `enum.Enum` as written, `Generic[T]` without its arguments. */
function readBaseName(node: Node): string {
  return spell(node.type === "subscript" ? (node.childForFieldName("value") ?? node) : node);
}

/** The imports that the bases of classes use: all imports would be most of the stored data. */
export function listBaseImports({ root, classes }: { root: Node; classes: readonly PythonClass[] }): ImportFact[] {
  const names = new Set(
    classes.flatMap(({ bases }) => bases.flatMap((base) => [base, /^[^.]*/.exec(base)?.[0] ?? ""])),
  );
  return names.size === 0 ? [] : listImports(listModuleStatements(root)).filter(({ local }) => names.has(local));
}

export type PythonAssignment = { name: string; line: number; annotation: Node | null; value: Node | null };

/** `name = value`, `name: type` and `name: type = value` among the statements of a block. */
export function listAssignments(statements: readonly Node[]): PythonAssignment[] {
  return statements.flatMap((statement) => {
    const assignment = statement.type === "expression_statement" ? statement.firstNamedChild : null;
    const left = assignment?.type === "assignment" ? assignment.childForFieldName("left") : null;
    if (assignment === null || left?.type !== "identifier") return [];
    return [
      {
        name: left.text,
        line: lineOf(statement),
        annotation: assignment.childForFieldName("type"),
        value: assignment.childForFieldName("right"),
      },
    ];
  });
}

export type PythonCall = { callee: string; positional: Node[]; keywords: ReadonlyMap<string, Node> };

/** A call whose function is a dotted name; null for any other expression. */
export function readCall(node: Node | null): PythonCall | null {
  if (node?.type !== "call") return null;
  const callee = node.childForFieldName("function");
  if (callee === null || (callee.type !== "identifier" && callee.type !== "attribute")) return null;
  return { callee: spell(callee), ...readArguments(node.childForFieldName("arguments")) };
}

/** The last part of a dotted name: `Column` for `sa.Column`. */
export function lastName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}

function readArguments(list: Node | null): { positional: Node[]; keywords: ReadonlyMap<string, Node> } {
  const positional: Node[] = [];
  const keywords = new Map<string, Node>();
  for (const child of list?.namedChildren ?? []) {
    if (child.type === "comment") continue;
    const name = child.type === "keyword_argument" ? child.childForFieldName("name") : null;
    const value = child.type === "keyword_argument" ? child.childForFieldName("value") : null;
    if (name !== null && value !== null) keywords.set(name.text, value);
    else if (child.type !== "keyword_argument") positional.push(child);
  }
  return { positional, keywords };
}

/** The value of a string without interpolation, with adjacent literals joined; null for anything else. */
export function readString(node: Node | null | undefined): string | null {
  if (node === null || node === undefined) return null;
  if (node.type === "concatenated_string") {
    const parts = node.namedChildren.map(readPlainString);
    return parts.every((part) => part !== null) ? parts.join("") : null;
  }
  return readPlainString(node);
}

function readPlainString(node: Node): string | null {
  if (node.type !== "string") return null;
  const inner = node.namedChildren.filter((child) => child.type !== "string_start" && child.type !== "string_end");
  if (inner.some((child) => child.type !== "string_content")) return null;
  return inner.map((child) => child.text).join("");
}

/** Module-level string constants, for prefixes. */
export function readStringConstants(root: Node): ReadonlyMap<string, string> {
  const constants = new Map<string, string>();
  for (const { name, value } of listAssignments(listModuleStatements(root))) {
    const text = readString(value);
    if (text !== null) constants.set(name, text);
  }
  return constants;
}

/** Relative modules keep their leading dots: `.routers.tasks`. */
export function listImports(statements: readonly Node[]): ImportFact[] {
  return statements.flatMap((statement): ImportFact[] => {
    const module = statement.childForFieldName("module_name");
    const names = statement.childrenForFieldName("name");
    if (statement.type === "import_from_statement" && module !== null) {
      return names
        .map((node) => ({ ...readImported(node), module: module.text.replace(/\s/g, "") }))
        .map(({ local, original, module: from }) => ({ local, module: from, name: original }));
    }
    if (statement.type !== "import_statement") return [];
    return names.map((node) => {
      const { local, original } = readImported(node);
      return { local, module: original, name: null };
    });
  });
}

function readImported(node: Node): { local: string; original: string } {
  if (node.type !== "aliased_import") return { local: node.text, original: node.text };
  const original = node.childForFieldName("name")?.text ?? node.text;
  return { local: node.childForFieldName("alias")?.text ?? original, original };
}
