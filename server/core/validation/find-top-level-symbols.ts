import type { Node } from "web-tree-sitter";
import { findSourceLanguage } from "../syntax/source-parser.ts";
import type { SourceParser } from "../syntax/source-parser.ts";

/** Names of the classes, functions, types and constants at the top of a source file; none for a language without grammar. */
export function findTopLevelSymbols({ path, text, sourceParser }: { path: string; text: string; sourceParser: SourceParser }): string[] {
  const language = findSourceLanguage(path);
  if (language === null || language === "css") return [];
  return sourceParser.withTree({ language, text }, (root) => [...new Set(root.namedChildren.flatMap((node) => (node === null ? [] : readNames(node))))]);
}

function readNames(node: Node): string[] {
  switch (node.type) {
    case "decorated_definition":
    case "export_statement":
      return node.namedChildren.flatMap((child) => (child === null ? [] : readNames(child)));
    case "function_definition":
    case "class_definition":
    case "function_declaration":
    case "generator_function_declaration":
    case "class_declaration":
    case "abstract_class_declaration":
    case "interface_declaration":
    case "type_alias_declaration":
    case "enum_declaration":
      return [node.childForFieldName("name")?.text ?? ""].filter((name) => name !== "");
    case "lexical_declaration":
    case "variable_declaration":
      return node.namedChildren.flatMap((child) => (child?.type === "variable_declarator" ? [child.childForFieldName("name")?.text ?? ""] : [])).filter((name) => name !== "");
    case "expression_statement": {
      const [assignment] = node.namedChildren;
      const left = assignment?.type === "assignment" ? assignment.childForFieldName("left") : null;
      return left?.type === "identifier" ? [left.text] : [];
    }
    default:
      return [];
  }
}
