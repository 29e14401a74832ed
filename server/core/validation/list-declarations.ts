import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import { extractFileFacts } from "../schema-extraction/extract-file-facts.ts";
import { findSourceLanguage, type SourceParser } from "../syntax/source-parser.ts";
import { listDependencies } from "./list-dependencies.ts";

/** Something that a file offers and that others may count on. */
export type Declaration = {
  kind: "symbol" | "member" | "route" | "dependency";
  /** As a sentence names it: `User`, `User.email`, `GET /users`, `fastapi`. */
  label: string;
  /** The class or model that a member belongs to. */
  owner?: string;
  /** Where any of these is declared, the thing is there: a route is also known by the function that serves it. */
  keys: string[];
  /** What a person may call it. */
  names: string[];
};

type Source = { path: FilePath; text: string; sourceParser: SourceParser };

/**
 * What a file declares: top-level classes, functions and exports, the public methods and model fields of classes,
 * routes, and the dependencies of a manifest. One entry a label.
 */
export function listDeclarations(source: Source): Declaration[] {
  const declarations = [
    ...listFacts(source),
    ...listTopLevel(source),
    ...listDependencies(source).map(describeDependency),
  ];
  const byLabel = new Map(declarations.map((declaration) => [declaration.label, declaration]));
  return [...byLabel.values()];
}

function describeDependency(name: string): Declaration {
  return { kind: "dependency", label: name, keys: [`dependency:${name}`], names: [name] };
}

function describeSymbol(name: string): Declaration {
  return { kind: "symbol", label: name, keys: [`symbol:${name}`], names: [name] };
}

function describeMember({ owner, name }: { owner: string; name: string }): Declaration {
  return { kind: "member", label: `${owner}.${name}`, owner, keys: [`member:${owner}.${name}`], names: [name, owner] };
}

function listFacts({ path, text, sourceParser }: Source): Declaration[] {
  const facts = extractFileFacts({ path, text, parser: sourceParser });
  if (facts === null) return [];
  // The props of a component come and go with its design; the fields of a model hold data.
  const models = facts.entities.filter(({ origin }) => origin !== "typescript-type");
  return [
    ...facts.exports
      .filter(({ kind, name }) => kind !== "other" && name !== "default")
      .map(({ name }) => describeSymbol(name)),
    ...models.flatMap(({ name, fields }) => [
      describeSymbol(name),
      ...fields.map((field) => describeMember({ owner: name, name: field.name })),
    ]),
    ...facts.enums.flatMap(({ name, values }) => [
      describeSymbol(name),
      ...values.map((value) => describeMember({ owner: name, name: value })),
    ]),
    ...facts.routes
      .filter(({ method }) => method !== "PAGE")
      .map(({ method, route, handler }): Declaration => ({
        kind: "route",
        label: `${method} ${route}`,
        keys: [`route:${method} ${route}`, `symbol:${handler}`],
        names: [route, handler],
      })),
  ];
}

function listTopLevel({ path, text, sourceParser }: Source): Declaration[] {
  const language = findSourceLanguage(path);
  if (language === null || language === "css") return [];
  return sourceParser.withTree({ language, text }, (root) => root.namedChildren.flatMap(listStatement));
}

const containers: ReadonlySet<string> = new Set(["decorated_definition", "export_statement", "ambient_declaration"]);
const functions: ReadonlySet<string> = new Set([
  "function_definition",
  "function_declaration",
  "generator_function_declaration",
]);
const classes: ReadonlySet<string> = new Set(["class_definition", "class_declaration", "abstract_class_declaration"]);
const functionValues: ReadonlySet<string> = new Set([
  "arrow_function",
  "function_expression",
  "generator_function",
  "class",
]);

function listStatement(node: Node): Declaration[] {
  if (containers.has(node.type)) return node.namedChildren.flatMap(listStatement);
  const name = node.childForFieldName("name")?.text;
  if (functions.has(node.type)) return name === undefined ? [] : [describeSymbol(name)];
  if (classes.has(node.type))
    return name === undefined
      ? []
      : [describeSymbol(name), ...listMethods({ owner: name, body: node.childForFieldName("body") })];
  if (node.type !== "lexical_declaration" && node.type !== "variable_declaration") return [];
  return node.namedChildren.flatMap((declarator) => {
    const value = declarator.childForFieldName("value");
    const declared = declarator.childForFieldName("name")?.text;
    return declared !== undefined && value !== null && functionValues.has(value.type) ? [describeSymbol(declared)] : [];
  });
}

/** Public methods: names with a leading underscore or `#` are the class's own affair. */
function listMethods({ owner, body }: { owner: string; body: Node | null }): Declaration[] {
  return (body?.namedChildren ?? []).flatMap((child) => {
    const definition = child.type === "decorated_definition" ? child.childForFieldName("definition") : child;
    if (definition === null || (definition.type !== "function_definition" && definition.type !== "method_definition"))
      return [];
    const name = definition.childForFieldName("name")?.text ?? "";
    return /^[A-Za-z]\w*$/.test(name) && name !== "constructor" ? [describeMember({ owner, name })] : [];
  });
}
