import type { Node } from "web-tree-sitter";
import { lineOf } from "../spell-node.ts";

export type Annotation = {
  name: string;
  line: number;
  /** The unnamed argument, or the named ones. */
  args: ReadonlyMap<string, Node>;
};

/** The annotations of a class, method or field. */
export function listAnnotations(node: Node): Annotation[] {
  const modifiers = node.namedChildren.find((child) => child.type === "modifiers");
  return (modifiers?.namedChildren ?? []).flatMap((child): Annotation[] => {
    const name = child.childForFieldName("name")?.text;
    if (!child.type.endsWith("annotation") || name === undefined) return [];
    const args = new Map<string, Node>();
    for (const argument of child.childForFieldName("arguments")?.namedChildren ?? []) {
      const key = argument.type === "element_value_pair" ? argument.childForFieldName("key")?.text : "value";
      const value = argument.type === "element_value_pair" ? argument.childForFieldName("value") : argument;
      if (key !== undefined && value !== null) args.set(key, value);
    }
    return [{ name: name.slice(name.lastIndexOf(".") + 1), line: lineOf(child), args }];
  });
}

/** The strings of `"a"`, `{ "a", "b" }` and of concatenated constants and strings; empty for anything else. */
export function readStrings(node: Node | undefined): string[] {
  if (node === undefined) return [];
  if (node.type === "string_literal") return [node.text.slice(1, -1)];
  return /^(?:element_value_array_initializer|array_initializer)$/.test(node.type)
    ? node.namedChildren.flatMap(readStrings)
    : [];
}

export type JavaClass = { name: string; node: Node; body: Node };

/** The classes of a file, including nested ones. */
export function listJavaClasses(root: Node): JavaClass[] {
  return root
    .descendantsOfType(["class_declaration", "record_declaration", "interface_declaration"])
    .flatMap((node) => {
      const name = node?.childForFieldName("name")?.text;
      const body = node?.childForFieldName("body");
      return node === null || name === undefined || body === null || body === undefined ? [] : [{ name, node, body }];
    });
}
