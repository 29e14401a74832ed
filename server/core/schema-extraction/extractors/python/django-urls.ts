import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type {
  ImportFact,
  MountFact,
  RouteFact,
  RouterFact,
} from "#server/core/schema-extraction/extract-file-facts.ts";
import { pythonExtractor } from "./python-extractor.ts";
import { lastName, listImports, listModuleStatements, readCall, readString, type PythonCall } from "./python-syntax.ts";
import { lineOf, spell } from "../spell-node.ts";

const router = "urlpatterns";

/** The routes of Django's `urlpatterns`, through `include`, and those registered with routers of its REST framework. */
export const djangoUrlsExtractor = pythonExtractor({
  name: "django-urls",
  isWanted: ({ text }) =>
    /\burlpatterns\b|\bget_url(?:s|patterns)\b|\.register\(/.test(text) && /django|rest_framework/.test(text),
  read({ root, path }) {
    const entries = root.descendantsOfType("call").flatMap((node) => {
      const call = node === null ? null : readCall(node);
      return node === null || call === null ? [] : [readEntry({ node, call, path })];
    });
    const routes = entries.flatMap((each) => each.routes);
    const mounts = entries.flatMap((each) => each.mounts);
    if (routes.length + mounts.length === 0) return {};
    const names = new Set([router, ...routes.map((route) => route.router ?? router)]);
    const routers = [...names].map((name): RouterFact => ({ kind: "django", name, prefix: "", path, line: 1 }));
    return {
      routers,
      routes,
      mounts,
      imports: [...entries.flatMap((each) => each.imports), ...listImports(listModuleStatements(root))],
    };
  },
});

type Entry = { routes: RouteFact[]; mounts: MountFact[]; imports: ImportFact[] };
const nothing: Entry = { routes: [], mounts: [], imports: [] };

function readEntry({ node, call, path }: { node: Node; call: PythonCall; path: FilePath }): Entry {
  const callee = lastName(call.callee);
  if (call.callee.endsWith(".register")) return { ...nothing, routes: readRegistered({ node, call, path }) };
  if (!/^(?:path|re_path|url)$/.test(callee)) return nothing;
  const spelled = readPattern(call.positional[0] ?? call.keywords.get("route"));
  const view = call.positional[1] ?? call.keywords.get("view");
  if (spelled === null || view === undefined) return nothing;
  const route = callee === "path" ? spelled : spelled.replace(/^\^/, "").replace(/\$$/, "");
  const line = lineOf(node);
  const included = readCall(view);
  if (included !== null && lastName(included.callee) === "include")
    return readInclude({ call: included, prefix: route, path, line });
  // Another application's urls, which are built at run time.
  if (/\.urls$|\.urls\[0\]$/.test(view.text) && included === null) return nothing;
  return { ...nothing, routes: [{ method: "ANY", route, handler: readView(view), router, path, line }] };
}

/** The handlers in `views.index`, `IndexView.as_view()` and `login_required(IndexView.as_view())`. */
function readView(view: Node): string {
  const call = readCall(view);
  if (call === null) return spell(view);
  if (call.callee.endsWith(".as_view")) return call.callee.slice(0, -".as_view".length);
  const [inner] = call.positional;
  return inner === undefined ? call.callee : readView(inner);
}

function readPattern(node: Node | undefined): string | null {
  const translated = node === undefined ? null : readCall(node);
  const pattern = translated === null ? node : translated.positional[0];
  return readString(pattern) ?? readInterpolated(pattern);
}

/** `f"edit/<{converter}:pk>/"` becomes edit/[converter:pk](converter:pk)/. */
function readInterpolated(node: Node | undefined): string | null {
  if (node?.type !== "string") return null;
  return node.namedChildren
    .filter(({ type }) => type === "string_content" || type === "interpolation")
    .map(({ type, text }) => (type === "interpolation" ? text.slice(1, -1) : text))
    .join("");
}

/** `include("shop.urls")`, `include(shop.urls)`, `include((patterns, "name"))`, `include(router.urls)`. */
function readInclude({
  call,
  prefix,
  path,
  line,
}: {
  call: PythonCall;
  prefix: string;
  path: FilePath;
  line: number;
}): Entry {
  const [first] = call.positional;
  const target = first?.type === "tuple" ? first.namedChildren[0] : first;
  const module = readString(target);
  if (module === null) {
    if (target === undefined || !/^[\w.]+$/.test(target.text)) return nothing;
    // `shop.urls` is a module; `router.urls` are the routes registered with a router of the REST framework.
    const children = [`${target.text}.${router}`, target.text.replace(/\.urls$/, "")];
    return {
      ...nothing,
      mounts: children.map((child) => ({ kind: "django", parent: router, child, prefix, path, line })),
    };
  }
  const local = `include:${module}`;
  return {
    routes: [],
    mounts: [{ kind: "django", parent: router, child: local, prefix, path, line }],
    imports: [{ local, module, name: router }],
  };
}

/** `router.register("tasks", TaskViewSet)` serves the list and a single item. */
function readRegistered({ node, call, path }: { node: Node; call: PythonCall; path: FilePath }): RouteFact[] {
  const prefix = readString(call.positional[0] ?? call.keywords.get("prefix"));
  const view = call.positional[1] ?? call.keywords.get("viewset");
  if (prefix === null || view === undefined || !/^\w*[vV]iew\w*$/.test(lastName(view.text))) return [];
  const base = prefix.replace(/^r?\^?/, "").replace(/\/$/, "");
  const registrar = call.callee.slice(0, -".register".length);
  const toRoute = (route: string): RouteFact => ({
    method: "ANY",
    route,
    handler: spell(view),
    router: registrar,
    path,
    line: lineOf(node),
  });
  return [toRoute(`${base}/`), toRoute(`${base}/{pk}/`)];
}
