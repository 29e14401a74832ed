import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type {
  ImportFact,
  MountFact,
  RouteFact,
  RouterFact,
} from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf, spell } from "../spell-node.ts";
import { readLoopedMounts } from "./looped-mounts.ts";
import { listScriptImports, readText } from "./typescript-syntax.ts";

const verbs: ReadonlySet<string> = new Set(["get", "post", "put", "patch", "delete", "head", "options", "all", "del"]);
const libraries =
  /["'](?:express|hono|hono\/[\w-]+|@hono\/[\w-]+|koa-router|@koa\/router|fastify|express-promise-router|polka)["']/;
const constructors =
  /^(?:express|express\.Router|Router|Hono|OpenAPIHono|Fastify|fastify|polka|PromiseRouter|KoaRouter)$|^require\(["'](?:express|@koa\/router|koa-router|fastify|hono)["']\)(?:\.Router|\.Hono)?$/;

/** Routes of Express, Hono, Koa's router and Fastify: on an application, on routers, and on chains with one path. */
export const expressRoutesExtractor = scriptExtractor({
  name: "express-routes",
  isWanted: ({ text }) => libraries.test(text),
  read({ root, path }) {
    const routers = listRouters({ root, path });
    const names = new Set(routers.map(({ name }) => name));
    const calls = root.descendantsOfType("call_expression").flatMap((node) => (node === null ? [] : [node]));
    const imports: ImportFact[] = [];
    const mounts = calls.flatMap((node) => readMount({ node, names, path, imports }));
    const routes = [
      ...calls.flatMap((node) => readRoutes({ node, names, path })),
      ...readDescribedRoutes({ calls, path }),
    ];
    if (routers.length + routes.length + mounts.length === 0) return {};
    return {
      routers,
      routes,
      mounts,
      imports: [...imports, ...listScriptImports(root), ...listRequired(root), ...listOwnExports(root)],
    };
  },
});

function listRouters({ root, path }: { root: Node; path: FilePath }): RouterFact[] {
  return root.descendantsOfType("variable_declarator").flatMap((declarator): RouterFact[] => {
    const name = declarator?.childForFieldName("name");
    const value = declarator?.childForFieldName("value");
    if (declarator === null || name?.type !== "identifier" || value === null || value === undefined) return [];
    const made = findConstructor(value);
    return made === null
      ? []
      : [{ kind: "express", name: name.text, prefix: made.prefix, path, line: lineOf(declarator) }];
  });
}

/** `express()`, `new Hono().basePath("/api")`, `new Router({ prefix: "/users" })`. */
function findConstructor(value: Node): { prefix: string } | null {
  let node: Node | null = value;
  let prefix = "";
  for (let steps = 0; node !== null && steps < 200; steps += 1) {
    if (node.type === "await_expression" || node.type === "as_expression" || node.type === "parenthesized_expression") {
      node = node.firstNamedChild;
      continue;
    }
    const args: Node[] = node.childForFieldName("arguments")?.namedChildren ?? [];
    const callee: Node | null = node.childForFieldName(node.type === "new_expression" ? "constructor" : "function");
    if (callee === null) return null;
    if (constructors.test(callee.text)) {
      const option = /prefix\s*:\s*["'`]([^"'`]*)["'`]/.exec(args[0]?.text ?? "")?.[1];
      return { prefix: option ?? prefix };
    }
    if (callee.type !== "member_expression") return null;
    if (callee.childForFieldName("property")?.text === "basePath") prefix = readText(args[0]) ?? "";
    node = callee.childForFieldName("object");
  }
  return null;
}

type Call = { receiver: Node; method: string; args: Node[] };

function readCall(node: Node): Call | null {
  const callee = node.childForFieldName("function");
  const receiver = callee?.childForFieldName("object");
  const method = callee?.childForFieldName("property")?.text;
  if (callee?.type !== "member_expression" || receiver === null || receiver === undefined || method === undefined)
    return null;
  const args = (node.childForFieldName("arguments")?.namedChildren ?? []).filter(({ type }) => type !== "comment");
  return { receiver, method, args };
}

/** The router at the start of a call chain, and the path of `route("/users")` in it. */
function findReceiver(receiver: Node): { name: string; route: string | null } | null {
  let node: Node | null = receiver;
  let route: string | null = null;
  for (let steps = 0; node !== null && steps < 2_000; steps += 1) {
    if (node.type === "identifier") return { name: node.text, route };
    const call: Call | null = node.type === "call_expression" ? readCall(node) : null;
    if (call === null) {
      // `export const app = new Hono().get(…)`: the router is the variable that holds the chain.
      const holder = node.type === "new_expression" || node.type === "call_expression" ? findHolder(node) : null;
      return holder === null ? null : { name: holder, route };
    }
    if (call.method === "route" && call.args.length === 1) route ??= readText(call.args[0]);
    node = call.receiver;
  }
  return null;
}

function findHolder(node: Node): string | null {
  let holder: Node | null = node.parent;
  for (let steps = 0; holder !== null && steps < 2_000; steps += 1) {
    if (holder.type === "variable_declarator") return holder.childForFieldName("name")?.text ?? null;
    if (!/^(?:member_expression|call_expression|await_expression|parenthesized_expression)$/.test(holder.type))
      return null;
    holder = holder.parent;
  }
  return null;
}

function readRoutes({ node, names, path }: { node: Node; names: ReadonlySet<string>; path: FilePath }): RouteFact[] {
  const call = readCall(node);
  if (call === null || !(verbs.has(call.method) || call.method === "on" || call.method === "route")) return [];
  const receiver = findReceiver(call.receiver);
  if (receiver === null || !isRouter({ name: receiver.name, names })) return [];
  const [first] = call.args;
  const property = node.childForFieldName("function")?.childForFieldName("property");
  const line = property === null || property === undefined ? lineOf(node) : lineOf(property);
  const handler = call.args.at(-1);
  const toRoute = (method: string, route: string): RouteFact => ({
    method,
    route,
    handler: handler === undefined ? "" : readHandler({ handler, method, route }),
    router: receiver.name,
    path,
    line,
  });
  if (call.method === "route") return first?.type === "object" ? readOptions({ options: first, toRoute }) : [];
  if (call.method === "on") {
    const [methods, route] = [call.args[0], readText(call.args[1])];
    const named =
      methods?.type === "array"
        ? methods.namedChildren.flatMap((each) => readText(each) ?? [])
        : [readText(methods) ?? ""];
    return route === null
      ? []
      : named.filter((method) => /^[A-Z]+$/.test(method)).map((method) => toRoute(method, route));
  }
  const method = call.method === "all" ? "ANY" : call.method === "del" ? "DELETE" : call.method.toUpperCase();
  if (receiver.route !== null) return [toRoute(method, receiver.route)];
  const listed =
    first?.type === "array" ? first.namedChildren.flatMap((each) => readText(each) ?? []) : [readText(first)];
  // `app.get("title")` reads a setting: a route has a handler.
  return call.args.length < 2 ? [] : listed.flatMap((route) => (route === null ? [] : [toRoute(method, route)]));
}

/** Fastify's `route({ method: "GET", url: "/x", handler })`. */
function readOptions({
  options,
  toRoute,
}: {
  options: Node;
  toRoute: (method: string, route: string) => RouteFact;
}): RouteFact[] {
  const method = /\bmethod\s*:\s*["'`](\w+)["'`]/.exec(options.text)?.[1];
  const route = /\b(?:url|path)\s*:\s*["'`]([^"'`]*)["'`]/.exec(options.text)?.[1];
  return method === undefined || route === undefined ? [] : [toRoute(method.toUpperCase(), route)];
}

/**
 * Hono's `createRoute({ method: "get", path: "/tasks" })`, on the router whose `openapi` names it. One without a router
 * in the file is complete.
 */
function readDescribedRoutes({ calls, path }: { calls: readonly Node[]; path: FilePath }): RouteFact[] {
  const routers = new Map(
    calls.flatMap((node): [string, string][] => {
      const call = readCall(node);
      const receiver = call?.method === "openapi" ? findReceiver(call.receiver) : null;
      const described = call?.args[0];
      return receiver === null || described === undefined ? [] : [[described.text, receiver.name]];
    }),
  );
  return calls.flatMap((node): RouteFact[] => {
    const [options] = node.childForFieldName("arguments")?.namedChildren ?? [];
    if (node.childForFieldName("function")?.text !== "createRoute" || options?.type !== "object") return [];
    const name = node.parent?.type === "variable_declarator" ? node.parent.childForFieldName("name")?.text : undefined;
    const router = routers.get(name ?? node.text);
    return readOptions({
      options,
      toRoute: (method, route) => ({
        method,
        route: router === undefined && !route.startsWith("/") ? `/${route}` : route,
        handler: name ?? `${method} ${route}`,
        ...(router === undefined ? {} : { router }),
        path,
        line: lineOf(node),
      }),
    });
  });
}

/** A router that is passed into a function is recognised by its usual names. */
function isRouter({ name, names }: { name: string; names: ReadonlySet<string> }): boolean {
  return names.has(name) || /^(?:app|router|server|fastify|api|\w+Router|\w+Routes)$/.test(name);
}

function readHandler({ handler, method, route }: { handler: Node; method: string; route: string }): string {
  if (/^(?:identifier|member_expression)$/.test(handler.type)) return spell(handler);
  const named = handler.childForFieldName("name")?.text;
  const called =
    handler.type === "call_expression" ? handler.childForFieldName("arguments")?.namedChildren.at(-1) : null;
  if (called !== null && called !== undefined && /^(?:identifier|member_expression)$/.test(called.type))
    return spell(called);
  return named ?? `${method} ${route}`;
}

/**
 * `app.use("/users", auth, usersRouter)`, `app.route("/users", users)`, `fastify.register(users, { prefix: "/users"
 * })`.
 */
function readMount({
  node,
  names,
  path,
  imports,
}: {
  node: Node;
  names: ReadonlySet<string>;
  path: FilePath;
  imports: ImportFact[];
}): MountFact[] {
  const call = readCall(node);
  if (call === null || !/^(?:use|route|register|mount)$/.test(call.method)) return [];
  const receiver = findReceiver(call.receiver);
  if (receiver === null || !isRouter({ name: receiver.name, names })) return [];
  const looped = readLoopedMounts({ call: node, args: call.args });
  if (looped.length > 0)
    return looped.map((mount) => ({ kind: "express", parent: receiver.name, ...mount, path, line: lineOf(node) }));
  const prefix =
    readText(call.args[0]) ?? /prefix\s*:\s*["'`]([^"'`]*)["'`]/.exec(call.args.at(-1)?.text ?? "")?.[1] ?? "";
  return call.args.flatMap((argument): MountFact[] => {
    const child = readChild({ argument, imports });
    return child === null || child === receiver.name
      ? []
      : [{ kind: "express", parent: receiver.name, child, prefix, path, line: lineOf(node) }];
  });
}

function readChild({ argument, imports }: { argument: Node; imports: ImportFact[] }): string | null {
  if (/^(?:identifier|member_expression)$/.test(argument.type)) return argument.text.replace(/\.routes$/, "");
  const required =
    argument.type === "call_expression" ? /^require\(\s*["'`]([^"'`]+)["'`]\s*\)$/.exec(argument.text)?.[1] : undefined;
  if (required === undefined) {
    const routes = argument.type === "call_expression" ? /^([\w$]+)\.routes\(\)$/.exec(argument.text)?.[1] : undefined;
    return routes ?? null;
  }
  imports.push({ local: argument.text, module: required, name: "default" });
  return argument.text;
}

/** `const users = require("./users")` and `const { users } = require("./users")`. */
function listRequired(root: Node): ImportFact[] {
  return root.descendantsOfType("variable_declarator").flatMap((declarator): ImportFact[] => {
    const value = declarator?.childForFieldName("value");
    const name = declarator?.childForFieldName("name");
    const module = /^require\(\s*["'`]([^"'`]+)["'`]\s*\)$/.exec(value?.text ?? "")?.[1];
    if (module === undefined || name === null || name === undefined) return [];
    if (name.type === "identifier") return [{ local: name.text, module, name: "default" }];
    return name.namedChildren.flatMap((part) => {
      const original = part.childForFieldName("key")?.text ?? part.text;
      return [{ local: part.childForFieldName("value")?.text ?? part.text, module, name: original }];
    });
  });
}

/** The file's default export: `module.exports = router`, `export default router`. The empty module is the file. */
function listOwnExports(root: Node): ImportFact[] {
  return root.namedChildren.flatMap((statement): ImportFact[] => {
    const assigned = /^(?:module\.exports|exports\.default)\s*=\s*([\w$]+)\s*;?$/.exec(statement.text)?.[1];
    const exported = /^export\s+default\s+([\w$]+)\s*;?$/.exec(statement.text)?.[1];
    const name = assigned ?? exported;
    return name === undefined ? [] : [{ local: "default", module: "", name }];
  });
}
