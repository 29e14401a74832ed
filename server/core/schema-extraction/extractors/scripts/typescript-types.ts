import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { BaseFact, EntityFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf, spell } from "../spell-node.ts";
import { findScriptLanguage, listBaseImports, listTopLevel, readText } from "./typescript-syntax.ts";

/** Deeper nested types are malicious. */
const maxNesting = 20;

/**
 * Exported interfaces and type literals with their bases, enums, and unions of strings. Types of component props are
 * not data.
 */
export const typescriptTypesExtractor = scriptExtractor({
  name: "typescript-types",
  handles: (path) => findScriptLanguage(path) !== null && findScriptLanguage(path) !== "javascript",
  read({ root, path }) {
    const topLevel = listTopLevel(root);
    const entities = topLevel.flatMap(({ node, isExported }) => readEntity({ node, isExported, path }) ?? []);
    return {
      entities,
      enums: topLevel.flatMap(({ node, isExported }) => (isExported ? (readEnum({ node, path }) ?? []) : [])),
      imports: listBaseImports({ root, entities }),
    };
  },
});

/** A type that is not exported passes its members on to types that extend it. */
function readEntity({
  node,
  isExported,
  path,
}: {
  node: Node;
  isExported: boolean;
  path: FilePath;
}): EntityFact | null {
  const name = node.childForFieldName("name")?.text;
  if (name === undefined || (isExported && name.endsWith("Props"))) return null;
  const { members, bases } = readShape(node);
  const fields = members.flatMap((member) => readField({ member, path }) ?? []);
  if (fields.length === 0 && (bases.length === 0 || !isExported)) return null;
  return {
    name,
    origin: "typescript-type",
    fields,
    bases,
    family: "typescript-type",
    declaredAs: !isExported ? "abstract" : fields.length > 0 ? "entity" : "subclass",
    path,
    line: lineOf(node),
  };
}

type Shape = { members: Node[]; bases: BaseFact[] };

/**
 * For `type A = B & { … }`, the literal's members and the base B. Nothing for a union, because no field is common to
 * all.
 */
function readShape(node: Node): Shape {
  if (node.type === "interface_declaration") {
    const clause = node.namedChildren.find((child) => child.type === "extends_type_clause");
    return {
      members: node.childForFieldName("body")?.namedChildren ?? [],
      bases: (clause?.namedChildren ?? []).flatMap((type) => readBases({ type, depth: 0 })),
    };
  }
  const value = node.type === "type_alias_declaration" ? node.childForFieldName("value") : null;
  if (value === null || /^(?:type_identifier|nested_type_identifier)$/.test(value.type))
    return { members: [], bases: [] };
  const parts = listIntersected(value);
  return {
    members: parts.flatMap((part) => (part.type === "object_type" ? part.namedChildren : [])),
    bases: parts.flatMap((type) => readBases({ type, depth: 0 })),
  };
}

/** The grammar nests `A & B & C` to the left. */
function listIntersected(type: Node): Node[] {
  const parts: Node[] = [];
  const pending = [type];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.type === "intersection_type" || next.type === "parenthesized_type")
      pending.push(...next.namedChildren.toReversed());
    else parts.push(next);
  }
  return parts;
}

/** `Omit<Task, "id" | "owner">` is Task without two fields; `Partial<…>` makes all optional. */
function readBases({ type, depth }: { type: Node; depth: number }): BaseFact[] {
  if (/^(?:type_identifier|identifier|nested_type_identifier|member_expression)$/.test(type.type))
    return [{ name: type.text }];
  if (type.type !== "generic_type" || depth > maxNesting) return [];
  const name = (type.childForFieldName("name") ?? type.firstNamedChild)?.text ?? "";
  const [inner, named] = type.namedChildren.find((child) => child.type === "type_arguments")?.namedChildren ?? [];
  if (!/^(?:Omit|Pick|Partial|Required|Readonly)$/.test(name)) return [{ name }];
  const bases = inner === undefined ? [] : readBases({ type: inner, depth: depth + 1 });
  if (name === "Partial" || name === "Required")
    return bases.map((base) => ({ ...base, isOptional: name === "Partial" }));
  const keys: string[] = named?.text.match(/[\w$-]+/g) ?? [];
  if (name === "Omit") return bases.map((base) => ({ ...base, without: [...(base.without ?? []), ...keys] }));
  if (name === "Pick")
    return bases.map((base) => ({ ...base, only: base.only?.filter((key) => keys.includes(key)) ?? keys }));
  return bases;
}

function readField({ member, path }: { member: Node; path: FilePath }): CodeField | null {
  const nameNode = member.childForFieldName("name");
  if (member.type !== "property_signature" || nameNode === null) return null;
  const annotation = member.childForFieldName("type");
  const spelled = annotation === null ? "unknown" : spell(annotation).replace(/^:\s*/, "");
  const parts =
    annotation?.firstNamedChild?.type === "union_type"
      ? spelled.split(/\s*\|\s*/).filter((part) => part !== "")
      : [spelled];
  const isNullable = parts.includes("null") || parts.includes("undefined");
  // A union with quotes or brackets may contain other bars, so it stays as written.
  const type =
    isNullable && !/["'{<(]/.test(spelled)
      ? parts.filter((part) => part !== "null" && part !== "undefined").join(" | ")
      : spelled;
  return {
    name: readText(nameNode) ?? nameNode.text,
    type,
    isOptional: isNullable || member.children.some((child) => child.type === "?"),
    isList: type.endsWith("[]") || /^(?:Readonly)?(?:Array|Set)</.test(type),
    isPrimaryKey: false,
    isUnique: false,
    path,
    line: lineOf(member),
  };
}

function readEnum({ node, path }: { node: Node; path: FilePath }): CodeEnum | null {
  const name = node.childForFieldName("name")?.text;
  if (name === undefined) return null;
  const values = node.type === "enum_declaration" ? readEnumMembers(node) : readStringUnion(node);
  return values.length === 0 ? null : { name, values, path, line: lineOf(node) };
}

function readEnumMembers(node: Node): string[] {
  return (node.childForFieldName("body")?.namedChildren ?? []).flatMap((member) => {
    if (member.type === "property_identifier") return [member.text];
    const name = member.childForFieldName("name")?.text;
    return member.type !== "enum_assignment" || name === undefined
      ? []
      : [readText(member.childForFieldName("value")) ?? name];
  });
}

/** `"low" | "high"`: the grammar nests unions to the left. */
function readStringUnion(node: Node): string[] {
  const values: string[] = [];
  let union = node.type === "type_alias_declaration" ? node.childForFieldName("value") : null;
  if (union?.type !== "union_type") return [];
  while (union !== null) {
    const parts: Node[] =
      union.type === "union_type" ? union.namedChildren.filter(({ type }) => type !== "comment") : [union];
    const nested: Node | undefined = parts.find((part) => part.type === "union_type");
    const literals = parts
      .filter((part) => part !== nested)
      .map((part) => (part.type === "literal_type" ? readText(part.firstNamedChild) : null));
    if (literals.some((value) => value === null)) return [];
    values.unshift(...literals.flatMap((value) => value ?? []));
    union = nested ?? null;
  }
  return values;
}
