import type { Node } from "web-tree-sitter";
import { findSourceLanguage, type SourceLanguage } from "#server/core/syntax/source-parser.ts";
import type { EntityFact, ImportFact } from "#server/core/schema-extraction/extract-file-facts.ts";

/** The grammar for a TypeScript or JavaScript path; null for other paths and for minified files. */
export function findScriptLanguage(path: string): SourceLanguage | null {
  const language = findSourceLanguage(path);
  return language === "typescript" || language === "tsx" || language === "javascript"
    ? path.endsWith(".min.js")
      ? null
      : language
    : null;
}

export function isScriptPath(path: string): boolean {
  return findScriptLanguage(path) !== null;
}

export type TopLevel = { node: Node; isExported: boolean; isDefault: boolean };

/** The declarations of a module without `export` and `declare`. Re-exports are returned unchanged. */
export function listTopLevel(root: Node): TopLevel[] {
  return root.namedChildren.map((statement) => {
    const isExported = statement.type === "export_statement";
    const declaration = isExported
      ? (statement.childForFieldName("declaration") ?? statement.childForFieldName("value"))
      : statement;
    const isDefault = isExported && statement.children.some((child) => child.type === "default");
    const node = declaration ?? statement;
    const inner = node.type === "ambient_declaration" ? (node.firstNamedChild ?? node) : node;
    return { node: inner, isExported, isDefault };
  });
}

export type Declarator = { name: string; line: number; value: Node | null; isExported: boolean };

/** `const a = 1, b = 2` as two declarations; skips destructuring. */
export function listDeclarators(topLevel: readonly TopLevel[]): Declarator[] {
  return topLevel.flatMap(({ node, isExported }) => {
    if (node.type !== "lexical_declaration" && node.type !== "variable_declaration") return [];
    return node.namedChildren.flatMap((declarator) => {
      const name = declarator.childForFieldName("name");
      if (declarator.type !== "variable_declarator" || name?.type !== "identifier") return [];
      return [
        {
          name: name.text,
          line: declarator.startPosition.row + 1,
          value: declarator.childForFieldName("value"),
          isExported,
        },
      ];
    });
  });
}

export type CallStep = { name: string; args: Node[] | null; line: number };

/** `z.object({…}).strict()` is `z`, `object(…)`, `strict()`. Null if the chain does not begin with a name. */
export function readCallChain(expression: Node | null): { root: string; steps: CallStep[] } | null {
  const steps: CallStep[] = [];
  let node = unwrapExpression(expression);
  let args: Node[] | null = null;
  while (node !== null) {
    if (node.type === "call_expression") {
      args = node.childForFieldName("arguments")?.namedChildren.filter((child) => child.type !== "comment") ?? [];
      node = node.childForFieldName("function");
    } else if (node.type === "member_expression") {
      const property = node.childForFieldName("property");
      steps.push({ name: property?.text ?? "", args, line: (property ?? node).startPosition.row + 1 });
      args = null;
      node = node.childForFieldName("object");
    } else if (node.type === "identifier") {
      if (args !== null) steps.push({ name: "", args, line: node.startPosition.row + 1 });
      return { root: node.text, steps: steps.toReversed() };
    } else {
      return null;
    }
  }
  return null;
}

/** Unwraps parentheses, `as`, `satisfies` and `!`. */
function unwrapExpression(expression: Node | null): Node | null {
  let node = expression;
  while (
    node !== null &&
    /^(?:parenthesized_expression|as_expression|satisfies_expression|non_null_expression)$/.test(node.type)
  )
    node = node.firstNamedChild;
  return node;
}

export type Property = { name: string; value: Node; line: number };

/** The properties of an object literal with a plain name; the value of a shorthand is its name. */
export function listProperties(object: Node | null | undefined): Property[] {
  if (object?.type !== "object") return [];
  return object.namedChildren.flatMap((child) => {
    const line = child.startPosition.row + 1;
    if (child.type === "shorthand_property_identifier") return [{ name: child.text, value: child, line }];
    const key = child.childForFieldName("key");
    const value = child.childForFieldName("value");
    const name = key === null ? null : (readText(key) ?? (key.type === "property_identifier" ? key.text : null));
    return child.type !== "pair" || name === null || value === null ? [] : [{ name, value, line }];
  });
}

/** The value of a string literal or of a template without substitutions. */
export function readText(node: Node | null | undefined): string | null {
  if (node === null || node === undefined) return null;
  const isPlainTemplate =
    node.type === "template_string" && !node.namedChildren.some((child) => child.type === "template_substitution");
  return node.type === "string" || isPlainTemplate ? node.text.slice(1, -1) : null;
}

export function listScriptImports(root: Node): ImportFact[] {
  return root.namedChildren.flatMap((statement): ImportFact[] => {
    const module = readText(statement.childForFieldName("source"));
    if (statement.type !== "import_statement" || module === null) return [];
    const clause = statement.namedChildren.find((child) => child.type === "import_clause");
    return (clause?.namedChildren ?? []).flatMap((part): ImportFact[] => {
      if (part.type === "identifier") return [{ local: part.text, module, name: "default" }];
      if (part.type === "namespace_import") return [{ local: part.firstNamedChild?.text ?? "", module, name: null }];
      return part.namedChildren.flatMap((specifier) => {
        const name = specifier.childForFieldName("name")?.text;
        return name === undefined ? [] : [{ local: specifier.childForFieldName("alias")?.text ?? name, module, name }];
      });
    });
  });
}

/** The imports that (possibly dotted) entity bases use: all imports would be most of the stored data. */
export function listBaseImports({ root, entities }: { root: Node; entities: readonly EntityFact[] }): ImportFact[] {
  const locals = new Set(entities.flatMap(({ bases }) => bases.map(({ name }) => /^[^.]*/.exec(name)?.[0] ?? "")));
  return locals.size === 0 ? [] : listScriptImports(root).filter(({ local }) => locals.has(local));
}
