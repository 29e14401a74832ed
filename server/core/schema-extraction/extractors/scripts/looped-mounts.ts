import type { Node } from "web-tree-sitter";
import { listProperties, readText } from "./typescript-syntax.ts";

/** What a loop binds in each pass: one name for the whole item, or names of its properties. */
type Loop = { list: Node; names: Node };

const maxSteps = 200;

/**
 * The mounts of a call in a loop over a list of the same file: `routes.forEach((each) => app.use(each.path,
 * each.route))`, `for (const router of routers) app.route("/", router)`. Empty for a call outside such a loop.
 */
export function readLoopedMounts({ call, args }: { call: Node; args: readonly Node[] }): {
  prefix: string;
  child: string;
}[] {
  const loop = findLoop(call);
  if (loop === null) return [];
  const items = findItems(loop.list);
  return items.flatMap((item) => {
    const values = args.map((argument) => readItem({ argument, item, names: loop.names }));
    const child = values.slice(1).find((value) => value?.type === "identifier" || value?.type === "member_expression");
    const prefix = readText(values[0] ?? undefined);
    return child === undefined || child === null || prefix === null ? [] : [{ prefix, child: child.text }];
  });
}

function findLoop(call: Node): Loop | null {
  let node = call.parent;
  for (let steps = 0; node !== null && steps < maxSteps; steps += 1) {
    if (node.type === "for_in_statement") {
      const names = node.childForFieldName("left");
      const list = node.childForFieldName("right");
      return names === null || list === null ? null : { names, list };
    }
    if (node.type === "arrow_function" || node.type === "function_expression") {
      const [names] =
        node.childForFieldName("parameter") === null
          ? (node.childForFieldName("parameters")?.namedChildren ?? [])
          : [node.childForFieldName("parameter")];
      const callee = node.parent?.parent?.childForFieldName("function");
      const list = callee?.childForFieldName("object");
      const isLoop = callee?.childForFieldName("property")?.text === "forEach";
      return isLoop && names && list ? { names: names.childForFieldName("pattern") ?? names, list } : null;
    }
    node = node.parent;
  }
  return null;
}

/** The items of a list literal, or of the constant with its name. */
function findItems(list: Node): readonly Node[] {
  if (list.type === "array") return list.namedChildren;
  let root = list;
  for (let steps = 0; root.parent !== null && steps < maxSteps; steps += 1) root = root.parent;
  const declared = root
    .descendantsOfType("variable_declarator")
    .find((declarator) => declarator?.childForFieldName("name")?.text === list.text)
    ?.childForFieldName("value");
  const value = declared?.type === "as_expression" ? declared.firstNamedChild : declared;
  return value?.type === "array" ? value.namedChildren : [];
}

/** The value of an argument for one item: the item, its property, or the argument itself if it refers to neither. */
function readItem({ argument, item, names }: { argument: Node; item: Node; names: Node }): Node | null {
  const valueOf = (key: string) => listProperties(item).find(({ name }) => name === key)?.value ?? null;
  if (names.type === "object_pattern")
    return names.namedChildren.some(({ text }) => text === argument.text) ? valueOf(argument.text) : argument;
  if (argument.text === names.text) return item;
  return argument.type === "member_expression" && argument.childForFieldName("object")?.text === names.text
    ? valueOf(argument.childForFieldName("property")?.text ?? "")
    : argument;
}
