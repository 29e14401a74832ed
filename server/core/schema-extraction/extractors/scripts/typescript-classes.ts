import type { Node } from "web-tree-sitter";
import { readCallChain } from "./typescript-syntax.ts";

export type Decorator = { name: string; args: Node[]; line: number };
export type ClassMember = { name: string; node: Node; decorators: Decorator[]; line: number };
export type ScriptClass = {
  name: string;
  line: number;
  isExported: boolean;
  /** The base class as written; empty if there is none. */
  base: string;
  decorators: Decorator[];
  members: ClassMember[];
};

/** The classes of a module with the decorators of classes, fields and methods. */
export function listScriptClasses(root: Node): ScriptClass[] {
  return root.namedChildren.flatMap((statement): ScriptClass[] => {
    const isExported = statement.type === "export_statement";
    const node = isExported ? (statement.childForFieldName("declaration") ?? statement) : statement;
    const name = node.childForFieldName("name")?.text;
    const body = node.childForFieldName("body");
    if (!/^(?:abstract_)?class_declaration$/.test(node.type) || name === undefined || body === null) return [];
    const decorators = [...(isExported ? statement.namedChildren : []), ...node.namedChildren].flatMap(readDecorator);
    return [
      {
        name,
        line: node.startPosition.row + 1,
        isExported,
        base: readBase(node),
        decorators,
        members: listMembers(body),
      },
    ];
  });
}

function readBase(node: Node): string {
  const heritage = node.namedChildren.find((child) => child.type === "class_heritage");
  const clause = heritage?.namedChildren.find((child) => child.type === "extends_clause");
  return clause?.childForFieldName("value")?.text ?? "";
}

/** In the syntax tree, a method's decorators precede it and a field's are inside it. */
function listMembers(body: Node): ClassMember[] {
  const members: ClassMember[] = [];
  let waiting: Decorator[] = [];
  for (const node of body.namedChildren) {
    if (node.type === "decorator") {
      waiting.push(...readDecorator(node));
      continue;
    }
    const name = node.childForFieldName("name")?.text;
    const own = node.namedChildren.flatMap(readDecorator);
    if (name !== undefined)
      members.push({
        name,
        node,
        decorators: [...waiting, ...own],
        line: (node.childForFieldName("name") ?? node).startPosition.row + 1,
      });
    if (node.type !== "comment") waiting = [];
  }
  return members;
}

function readDecorator(node: Node): Decorator[] {
  if (node.type !== "decorator") return [];
  const expression = node.firstNamedChild;
  const line = node.startPosition.row + 1;
  if (expression?.type === "identifier") return [{ name: expression.text, args: [], line }];
  const chain = readCallChain(expression);
  const last = chain?.steps.at(-1);
  if (chain === null || last === undefined) return [];
  return [{ name: last.name === "" ? chain.root : last.name, args: last.args ?? [], line }];
}
