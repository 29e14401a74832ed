import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { RouteFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { FactExtractor } from "../fact-extractor.ts";
import { lineOf, spell } from "../spell-node.ts";

const verbs = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Get|Post|Put|Patch|Delete|Head|Options|Any|All)$/;
const routers =
  /gin-gonic\/gin|labstack\/echo|go-chi\/chi|gofiber\/fiber|gorilla\/mux|"net\/http"|julienschmidt\/httprouter/;
/** Calls that create a subrouter, with the prefix as argument. */
const groups = /^(?:Group|PathPrefix|Route)$/;
const maxDepth = 60;

/** Routes of gin, echo, chi, fiber, gorilla and net/http, with the prefixes of their groups in the same function. */
export const goRoutesExtractor: FactExtractor = {
  name: "go-routes",
  handles: (path) => path.endsWith(".go") && !/(?:\.pb|\.pb\.gw)\.go$/.test(path),
  extract({ path, text, parser }) {
    if (!routers.test(text)) return {};
    return parser.withTree({ language: "go", text }, (root) => {
      const prefixes = readGroups(root);
      return {
        routes: root
          .descendantsOfType("call_expression")
          .flatMap((node) =>
            node === null ? [] : readRoutes({ node, prefixes, isEcho: text.includes("labstack/echo"), path }),
          ),
      };
    });
  },
};

type Call = { receiver: Node; method: string; args: Node[] };

function readCall(node: Node | null): Call | null {
  const callee = node?.type === "call_expression" ? node.childForFieldName("function") : null;
  const receiver = callee?.childForFieldName("operand");
  const method = callee?.childForFieldName("field")?.text;
  if (
    node === null ||
    callee?.type !== "selector_expression" ||
    receiver === null ||
    receiver === undefined ||
    method === undefined
  )
    return null;
  return {
    receiver,
    method,
    args: (node.childForFieldName("arguments")?.namedChildren ?? []).filter(({ type }) => type !== "comment"),
  };
}

function readText(node: Node | undefined): string | null {
  return node !== undefined && /^(?:interpreted|raw)_string_literal$/.test(node.type) ? node.text.slice(1, -1) : null;
}

/** `api := r.Group("/api")`: prefixes by function and variable. */
function readGroups(root: Node): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>();
  for (const node of root.descendantsOfType(["short_var_declaration", "assignment_statement"])) {
    if (node === null) continue;
    const left = node.childForFieldName("left")?.text ?? "";
    const right = node.childForFieldName("right")?.firstNamedChild ?? null;
    const prefix = readPrefix({ node: right, prefixes, depth: 0 });
    if (/^\w+$/.test(left) && prefix !== null && prefix !== "") prefixes.set(`${findFunction(node)} ${left}`, prefix);
  }
  return prefixes;
}

/** The prefix of an expression: of a variable, or of a chain of group calls. */
function readPrefix({
  node,
  prefixes,
  depth,
}: {
  node: Node | null;
  prefixes: ReadonlyMap<string, string>;
  depth: number;
}): string | null {
  if (node === null || depth > maxDepth) return null;
  if (node.type === "identifier") return prefixes.get(`${findFunction(node)} ${node.text}`) ?? "";
  const call = readCall(node);
  if (call === null) return node.type === "selector_expression" ? "" : null;
  const base = readPrefix({ node: call.receiver, prefixes, depth: depth + 1 });
  return base === null ? null : groups.test(call.method) ? join(base, readText(call.args[0]) ?? "") : base;
}

/** The nearest named function: equal variable names in two functions are different. */
function findFunction(node: Node): number {
  let current: Node | null = node;
  while (current !== null && !/^(?:function|method)_declaration$/.test(current.type)) current = current.parent;
  return current?.id ?? 0;
}

/** `r.Route("/users", func(r chi.Router) { … })`: the prefixes of the functions around a call. */
function readSurrounding(node: Node): string {
  let prefix = "";
  let current: Node | null = node.parent;
  for (; current !== null; current = current.parent) {
    const call = current.type === "func_literal" ? readCall(current.parent?.parent ?? null) : null;
    if (call !== null && /^(?:Route|Group)$/.test(call.method)) prefix = join(readText(call.args[0]) ?? "", prefix);
  }
  return prefix;
}

function readRoutes({
  node,
  prefixes,
  isEcho,
  path,
}: {
  node: Node;
  prefixes: ReadonlyMap<string, string>;
  isEcho: boolean;
  path: FilePath;
}): RouteFact[] {
  const call = readCall(node);
  if (call === null || call.args.length < 2) return [];
  const base = readPrefix({ node: call.receiver, prefixes, depth: 0 });
  if (base === null) return [];
  const toRoute = (method: string, route: string, handler: Node | undefined): RouteFact => ({
    method,
    route: join(join(readSurrounding(node), base), route) || "/",
    handler: handler === undefined || handler.type === "func_literal" ? `${method} ${route}` : spell(handler),
    path,
    line: lineOf(node.childForFieldName("function")?.childForFieldName("field") ?? node),
  });
  const first = readText(call.args[0]);
  if (verbs.test(call.method) && first !== null && /^(?:\/|$)/.test(first)) {
    const method = /^(?:Any|All)$/.test(call.method) ? "ANY" : call.method.toUpperCase();
    // Gin and fiber take middleware before the handler, echo after it.
    return [toRoute(method, first, isEcho ? call.args[1] : call.args.at(-1))];
  }
  if (/^(?:Method|MethodFunc|Handle|Add)$/.test(call.method) && first !== null && /^[A-Z]+$/.test(first)) {
    const route = readText(call.args[1]);
    return route === null ? [] : [toRoute(first, route, call.args[2])];
  }
  if (!/^(?:HandleFunc|Handle)$/.test(call.method) || first === null) return [];
  const named = /^([A-Z]+) (\/.*)$/.exec(first);
  if (named !== null) return [toRoute(named[1] ?? "ANY", named[2] ?? "", call.args[1])];
  if (!first.startsWith("/")) return [];
  const methods = readMethods(node);
  return methods.map((method) => toRoute(method, first, call.args[1]));
}

/** Gorilla's `.Methods("GET", "HEAD")` after the route. */
function readMethods(node: Node): string[] {
  const outer = node.parent?.type === "selector_expression" ? readCall(node.parent.parent) : null;
  const named =
    outer?.method === "Methods"
      ? outer.args.flatMap(
          (argument) => readText(argument) ?? /Method(\w+)$/.exec(argument.text)?.[1]?.toUpperCase() ?? [],
        )
      : [];
  return named.length > 0 ? named : ["ANY"];
}

function join(base: string, rest: string): string {
  if (rest === "") return base;
  return base.replace(/\/$/, "") + (rest.startsWith("/") ? rest : `/${rest}`);
}
