import type { Node } from "web-tree-sitter";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { SourceSpan } from "#server/builtin/edits/source-span.ts";

/** An entry of an object or array literal. `name` is the property's name, or null. */
export type LiteralEntry = SourceSpan & { name: string | null; text: string };

/** A top-level `const name = ...`. The span covers the whole statement with its leading comment. */
export type TypescriptConstant = SourceSpan & {
  name: string;
  value: string;
  /** The entries of the literal value, or of the argument of `z.object`; null for any other value. */
  literal: (SourceSpan & { entries: LiteralEntry[] }) | null;
  isZodObject: boolean;
};

export type TypescriptModule = {
  text: string;
  constants: TypescriptConstant[];
  imports: (SourceSpan & { text: string })[];
};

/** The top-level constants and imports of a TypeScript module. Never fails. */
export function readTypescriptModule({
  path,
  text,
  parser,
}: {
  path: string;
  text: string;
  parser: SourceParser;
}): TypescriptModule {
  return parser.withTree({ language: path.endsWith("x") ? "tsx" : "typescript", text }, (root) => {
    const module: TypescriptModule = { text, constants: [], imports: [] };
    for (const node of root.namedChildren) {
      if (node === null) continue;
      if (node.type === "import_statement") module.imports.push({ ...spanOf(node), text: node.text });
      const declaration = node.type === "export_statement" ? node.childForFieldName("declaration") : node;
      if (declaration?.type !== "lexical_declaration") continue;
      for (const declarator of declaration.namedChildren) {
        if (declarator?.type === "variable_declarator")
          module.constants.push(readConstant({ declarator, statement: node }));
      }
    }
    return module;
  });
}

function readConstant({ declarator, statement }: { declarator: Node; statement: Node }): TypescriptConstant {
  const value = declarator.childForFieldName("value");
  const isZodObject = value?.type === "call_expression" && value.childForFieldName("function")?.text === "z.object";
  const plain =
    value?.type === "as_expression" || value?.type === "satisfies_expression" ? value.firstNamedChild : value;
  const literal = isZodObject ? (value.childForFieldName("arguments")?.firstNamedChild ?? null) : plain;
  const comment = statement.previousNamedSibling;
  const start =
    comment?.type === "comment" && comment.endPosition.row + 1 === statement.startPosition.row
      ? comment.startIndex
      : statement.startIndex;
  return {
    start,
    end: statement.endIndex,
    line: declarator.startPosition.row + 1,
    name: declarator.childForFieldName("name")?.text ?? "",
    value: value?.text ?? "",
    literal:
      literal?.type === "object" || literal?.type === "array"
        ? { ...spanOf(literal), entries: readEntries(literal) }
        : null,
    isZodObject,
  };
}

function readEntries(literal: Node): LiteralEntry[] {
  return literal.namedChildren.flatMap((entry) => {
    if (entry === null || entry.type === "comment") return [];
    return [
      {
        ...spanOf(entry),
        name: entry.childForFieldName("key")?.text.replace(/^["']|["']$/g, "") ?? null,
        text: entry.text,
      },
    ];
  });
}

function spanOf(node: Node): SourceSpan {
  return { start: node.startIndex, end: node.endIndex, line: node.startPosition.row + 1 };
}
