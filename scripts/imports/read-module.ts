import { dirname, join, normalize } from "node:path";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";

type SourceNode = Parameters<Parameters<SourceParser["withTree"]>[1]>[0];

export type ReadModule = {
  path: string;
  exports: string[];
  imports: {
    /** A project path (`server/core/file-tree.ts`) or a package (`next/link`). */
    target: string;
    isType: boolean;
    /** The names that it takes from the target; `*` for all of them. */
    names: string[];
  }[];
};

/** The exports of a module, and its static, type-only and dynamic imports and re-exports. */
export function readModule({ path, text, parser }: { path: string; text: string; parser: SourceParser }): ReadModule {
  return parser.withTree({ language: path.endsWith("x") ? "tsx" : "typescript", text }, (root) => {
    const statements = root.descendantsOfType(["import_statement", "export_statement"]);
    const imports = statements.flatMap((node) => {
      const source = node.childForFieldName("source");
      return source === null
        ? []
        : [{ specifier: unquote(source.text), isType: node.child(1)?.type === "type", names: listTaken(node) }];
    });
    const calls = root.descendantsOfType("call_expression").flatMap((node) => {
      const [argument] = node.childForFieldName("arguments")?.namedChildren ?? [];
      return node.childForFieldName("function")?.type === "import" && argument?.type === "string"
        ? // What a module takes from one that it loads at run time has many forms. Each has the name somewhere.
          [{ specifier: unquote(argument.text), isType: false, names: [...new Set(text.match(/[\w$]+/g))] }]
        : [];
    });
    return {
      path,
      exports: statements.flatMap((node) => (node.type === "export_statement" ? listGiven(node) : [])),
      imports: [...imports, ...calls].map(({ specifier, ...rest }) => ({
        target: resolveTarget({ path, specifier }),
        ...rest,
      })),
    };
  });
}

/** The names that an import or a re-export takes. */
function listTaken(statement: SourceNode): string[] {
  const clause = statement.namedChildren.find((child) => child.type === "import_clause");
  const takesAll =
    statement.type === "export_statement"
      ? statement.children.some((child) => child.type === "*" || child.type === "namespace_export")
      : clause?.namedChildren.some((child) => child.type === "namespace_import");
  const takesDefault = clause?.namedChildren.some((child) => child.type === "identifier");
  return [
    ...(takesAll === true ? ["*"] : []),
    ...(takesDefault === true ? ["default"] : []),
    ...statement
      .descendantsOfType(["import_specifier", "export_specifier"])
      .flatMap((specifier) => specifier.childForFieldName("name")?.text ?? []),
  ];
}

/** The names that an export gives. */
function listGiven(statement: SourceNode): string[] {
  if (statement.children.some((child) => child.type === "default")) return ["default"];
  const declaration = statement.childForFieldName("declaration");
  if (declaration === null)
    return statement
      .descendantsOfType("export_specifier")
      .flatMap(
        (specifier) => (specifier.childForFieldName("alias") ?? specifier.childForFieldName("name"))?.text ?? [],
      );
  const name = declaration.childForFieldName("name");
  if (name !== null) return [name.text];
  return declaration.namedChildren.flatMap((declarator) => {
    const pattern = declarator.childForFieldName("name");
    if (pattern === null) return [];
    return pattern.type === "identifier"
      ? [pattern.text]
      : pattern.descendantsOfType("shorthand_property_identifier_pattern").map((each) => each.text);
  });
}

function unquote(literal: string): string {
  return literal.slice(1, -1);
}

function resolveTarget({ path, specifier }: { path: string; specifier: string }): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : specifier;
}
