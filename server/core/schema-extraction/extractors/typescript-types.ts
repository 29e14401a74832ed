import type { Node } from "web-tree-sitter";
import type { CodeEnum, CodeField } from "#lib/contracts/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";
import { lineOf, spell } from "./spell-node.ts";
import { findScriptLanguage, listTopLevel, readText } from "./typescript-syntax.ts";

/** Exported interfaces and type literals, enums, and unions of strings. Types of component props are no data. */
export const typescriptTypesExtractor: FactExtractor = {
  name: "typescript-types",
  handles: (path) => findScriptLanguage(path) !== null && findScriptLanguage(path) !== "javascript",
  extract({ path, text, parser }) {
    const language = findScriptLanguage(path);
    if (language === null) return {};
    return parser.withTree({ language, text }, (root) => {
      const exported = listTopLevel(root).flatMap(({ node, isExported }) => (isExported ? [node] : []));
      return {
        entities: exported.flatMap((node) => readEntity({ node, path }) ?? []),
        enums: exported.flatMap((node) => readEnum({ node, path }) ?? []),
      };
    });
  },
};

function readEntity({ node, path }: { node: Node; path: FilePath }): EntityFact | null {
  const name = node.childForFieldName("name")?.text;
  if (name === undefined || name.endsWith("Props")) return null;
  const members = findMembers(node);
  const fields = members.flatMap((member) => readField({ member, path }) ?? []);
  if (fields.length === 0) return null;
  return { name, origin: "typescript-type", fields, bases: [], isCertain: true, path, line: lineOf(node) };
}

/** Of `type A = B & { … }` the literal's members; of a union none, since no field is common to all. */
function findMembers(node: Node): Node[] {
  if (node.type === "interface_declaration") return node.childForFieldName("body")?.namedChildren ?? [];
  const value = node.type === "type_alias_declaration" ? node.childForFieldName("value") : null;
  if (value?.type === "object_type") return value.namedChildren;
  if (value?.type !== "intersection_type") return [];
  return value.namedChildren.flatMap((part) => (part.type === "object_type" ? part.namedChildren : []));
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
  // A union with quotes or brackets may hold bars of its own: it stays as it is spelled.
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
    const parts: Node[] = union.type === "union_type" ? union.namedChildren : [union];
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
