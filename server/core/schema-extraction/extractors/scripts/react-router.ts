import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts, RouteFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf } from "../spell-node.ts";
import { listProperties, listTopLevel, readText } from "./typescript-syntax.ts";

const maxDepth = 20;
/** Files beside a route in its folder, and layouts, are not routes. */
const routeFile =
  /^(?:.*\/)?app\/routes\/((?!.*(?:\.(?:test|spec|server|client|d)|_?layout|(?:^|\/)__[^/]*)\.[jt]sx?$).+?)\.[jt]sx?$/;
const creators = /^(?:create(?:Browser|Hash|Memory|Static)Router|useRoutes|createRoutesFromElements)$/;

/** The screens of React Router and Remix: route objects, `<Route>` elements, `routes.ts`, and files in `app/routes`. */
export const reactRouterExtractor = scriptExtractor({
  name: "react-router",
  isWanted: ({ path, text }) => /react-router|@remix-run/.test(text) || routeFile.test(path),
  read({ root, path, text }): Partial<FileFacts> {
    const place = { path };
    const routes = [
      ...listObjectRoutes({ root, ...place }),
      ...listElementRoutes({ root, ...place }),
      ...(/@react-router\/dev\/routes/.test(text) ? listConfigured({ root, ...place }) : []),
      ...listFileRoutes({ root, ...place, text }),
    ];
    return { routes };
  },
});

function join(base: string, path: string): string {
  if (path.startsWith("/")) return path === "/" ? base || "/" : path;
  const joined = `${base === "/" ? "" : base}/${path}`.replace(/\/$/, "");
  return joined === "" ? "/" : joined;
}

/** `createBrowserRouter([{ path: "/", element: <Root />, children: […] }])`, `const routes: RouteObject[] = […]`. */
function listObjectRoutes({ root, path }: { root: Node; path: FilePath }): RouteFact[] {
  const arrays = [
    ...root.descendantsOfType("call_expression").flatMap((call) => {
      const name = call?.childForFieldName("function")?.text ?? "";
      const [first] = call?.childForFieldName("arguments")?.namedChildren ?? [];
      return creators.test(name.replace(/<.*$/s, "").slice(name.lastIndexOf(".") + 1)) && first?.type === "array"
        ? [first]
        : [];
    }),
    ...root.descendantsOfType("variable_declarator").flatMap((declarator) => {
      const value = declarator?.childForFieldName("value");
      return /RouteObject/.test(declarator?.childForFieldName("type")?.text ?? "") && value?.type === "array"
        ? [value]
        : [];
    }),
  ];
  return arrays.flatMap((array) => readObjects({ array, base: "", path, depth: 0 }));
}

function readObjects({
  array,
  base,
  path,
  depth,
}: {
  array: Node;
  base: string;
  path: FilePath;
  depth: number;
}): RouteFact[] {
  if (depth > maxDepth) return [];
  return array.namedChildren.flatMap((object): RouteFact[] => {
    const properties = listProperties(object);
    const option = (name: string) => properties.find((each) => each.name === name)?.value;
    if (properties.length === 0) return [];
    const own = readText(option("path"));
    const isIndex = option("index")?.text === "true";
    const route = own === null ? base : join(base, own);
    const screen = option("element") ?? option("Component") ?? option("lazy");
    const children = option("children");
    const nested =
      children?.type === "array" ? readObjects({ array: children, base: route, path, depth: depth + 1 }) : [];
    // A layout around an index route is not a screen of its own.
    const isScreen =
      (own !== null || isIndex) && screen !== undefined && !nested.some((each) => each.route === (route || "/"));
    return isScreen ? [toRoute({ route, handler: nameOf(screen), path, line: lineOf(object) }), ...nested] : nested;
  });
}

function toRoute({
  route,
  handler,
  path,
  line,
}: {
  route: string;
  handler: string;
  path: FilePath;
  line: number;
}): RouteFact {
  return { method: "PAGE", route: route === "" ? "/" : route, handler, path, line };
}

/** `<Users />` and `Users` give Users; `() => import("./users")` gives the file. */
function nameOf(screen: Node): string {
  return (/import\(\s*["']([^"']+)/.exec(screen.text) ?? /^<?\s*([\w$.]+)/.exec(screen.text))?.[1] ?? "";
}

/** Nested `<Route path="users" element={<Users />}>…</Route>`. */
function listElementRoutes({ root, path }: { root: Node; path: FilePath }): RouteFact[] {
  const found: RouteFact[] = [];
  const nodes = root
    .descendantsOfType(["jsx_self_closing_element", "jsx_opening_element"])
    .filter((node) => node !== null && node.childForFieldName("name")?.text === "Route");
  for (const node of nodes) {
    if (node === null) continue;
    const own = readAttributes(node);
    const isIndex = own.has("index");
    const screen = own.get("element") ?? own.get("Component") ?? own.get("component") ?? own.get("render");
    if (screen === undefined || (!own.has("path") && !isIndex)) continue;
    const outer: string[] = [];
    const element = node.type === "jsx_opening_element" ? node.parent : node;
    for (let parent = element?.parent ?? null; parent !== null && outer.length < maxDepth; parent = parent.parent) {
      const opening = parent.type === "jsx_element" ? parent.childForFieldName("open_tag") : null;
      if (opening?.childForFieldName("name")?.text === "Route")
        outer.unshift(
          readAttributes(opening)
            .get("path")
            ?.text.replace(/^\{?["'`]|["'`]\}?$/g, "") ?? "",
        );
    }
    const text = own.get("path")?.text.replace(/^\{?["'`]|["'`]\}?$/g, "") ?? "";
    const base = outer.reduce((sum, part) => (part === "" ? sum : join(sum, part)), "");
    const route = text === "" ? base : join(base, text);
    if (/[{}]/.test(route)) continue;
    found.push(toRoute({ route, handler: /([A-Z][\w$.]*)/.exec(screen.text)?.[1] ?? "", path, line: lineOf(node) }));
  }
  // A layout around an index route is not a screen of its own.
  return found.filter((route, at) => !found.some((other, index) => index > at && other.route === route.route));
}

function readAttributes(node: Node): Map<string, Node> {
  return new Map(
    node.namedChildren.flatMap((attribute) => {
      const [name, value] = attribute.namedChildren;
      return attribute.type === "jsx_attribute" && name !== undefined ? [[name.text, value ?? name]] : [];
    }),
  );
}

/** `routes.ts`: `route("users/:id", "./users.tsx", […])`, `index(…)`, `layout(file, […])`, `prefix("admin", […])`. */
function listConfigured({ root, path }: { root: Node; path: FilePath }): RouteFact[] {
  const exported = listTopLevel(root).find(({ isDefault }) => isDefault)?.node;
  const array = exported?.type === "array" ? exported : (exported?.descendantsOfType("array")[0] ?? null);
  return array === null ? [] : readConfigured({ array, base: "", path, depth: 0 });
}

function readConfigured({
  array,
  base,
  path,
  depth,
}: {
  array: Node;
  base: string;
  path: FilePath;
  depth: number;
}): RouteFact[] {
  if (depth > maxDepth) return [];
  return array.namedChildren.flatMap((element): RouteFact[] => {
    const call = element.type === "spread_element" ? element.firstNamedChild : element;
    const name = call?.childForFieldName("function")?.text ?? "";
    const args = call?.childForFieldName("arguments")?.namedChildren ?? [];
    const children = args.find(({ type }) => type === "array");
    const texts = args.flatMap((argument) => readText(argument) ?? []);
    const own = name === "route" || name === "prefix" ? join(base, texts[0] ?? "") : base;
    const nested = children === undefined ? [] : readConfigured({ array: children, base: own, path, depth: depth + 1 });
    const file = name === "route" ? texts[1] : name === "index" ? texts[0] : undefined;
    if (call === null || file === undefined || nested.some(({ route }) => route === (own || "/"))) return nested;
    return [toRoute({ route: own, handler: file, path, line: lineOf(call) }), ...nested];
  });
}

/**
 * `users.$id_.edit.tsx`, `users+/$id_.edit.tsx` and `users/$id_/edit.tsx` are /users/:id/edit; segments that begin with
 * an underscore are not part of the address.
 */
function listFileRoutes({ root, path, text }: { root: Node; path: FilePath; text: string }): RouteFact[] {
  const name = routeFile.exec(path)?.[1];
  const exported = name === undefined ? undefined : listTopLevel(root).find(({ isDefault }) => isDefault);
  const isResource =
    exported === undefined && /export\s+(?:async\s+)?(?:function|const)\s+(?:loader|action)\b/.test(text);
  if (name === undefined || (exported === undefined && !isResource)) return [];
  const segments = splitName(name)
    .filter((segment) => segment !== "" && !segment.startsWith("_"))
    .map((segment) =>
      segment
        .replace(/_$/, "")
        .replace(/^\$$/, "*")
        .replace(/^\(?\$/, ":")
        .replace(/\)$/, "?"),
    );
  const node = exported?.node;
  const handler = node?.childForFieldName("name")?.text ?? (node?.type === "identifier" ? node.text : "default");
  const isKnown = /@remix-run|react-router|\.\/\+types/.test(text);
  return [
    {
      ...toRoute({ route: `/${segments.join("/")}`, handler, path, line: node === undefined ? 1 : lineOf(node) }),
      ...(isResource ? { method: "ANY", handler: "loader" } : {}),
      ...(isKnown ? {} : { needs: "react-router" }),
    },
  ];
}

/** A dot in brackets does not separate segments: `sitemap[.]xml`. */
function splitName(name: string): string[] {
  const parts = name.split("/").flatMap((part) => part.replace(/\+$/, "").split(/\.(?![^[]*\])/));
  const isPlain = /^(?:route|index|page)$/.test(parts.at(-1) ?? "");
  return (isPlain ? parts.slice(0, -1) : parts).map((part) => part.replace(/[[\]]/g, ""));
}
