import type { Node } from "web-tree-sitter";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { RouteFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf } from "../spell-node.ts";
import { listProperties, readCallChain, readText } from "./typescript-syntax.ts";

const maxDepth = 20;

/** The screens of TanStack Router: one per file, or routes that name their parents. */
export const tanstackRouterExtractor = scriptExtractor({
  name: "tanstack-router",
  // The generated route tree repeats the routes of its files.
  isWanted: ({ path, text }) =>
    /@tanstack\/(?:react|solid|vue)-(?:router|start)/.test(text) && !/\broutetree\.gen\./i.test(path),
  read({ root, path }) {
    const declarators = root.descendantsOfType("variable_declarator").filter((node) => node !== null);
    return {
      routes: [
        ...declarators.flatMap((node) => readFileRoute({ node, path }) ?? []),
        ...listCodeRoutes({ declarators, path }),
      ],
    };
  },
});

/** `createFileRoute("/_layout/posts/$postId")({ component: Post })`: its address omits layouts and groups. */
function readFileRoute({ node, path }: { node: Node; path: FilePath }): RouteFact | null {
  const call = node.childForFieldName("value");
  const inner = call?.childForFieldName("function");
  if (inner?.type !== "call_expression") return null;
  const creator = inner.childForFieldName("function")?.text ?? "";
  const id = readText(inner.childForFieldName("arguments")?.firstNamedChild);
  if (!/^create(?:Lazy|Server|API|ServerFile)?FileRoute$/.test(creator) && creator !== "createAPIFileRoute")
    return null;
  if (id === null || creator.startsWith("createLazy")) return null;
  const segments = id.split("/").filter((segment) => segment !== "");
  const last = segments.at(-1) ?? "";
  // `/_layout` is a layout, `/_layout/` is its index.
  if (last.startsWith("_") && !id.endsWith("/")) return null;
  const shown = segments
    .filter((segment) => !/^(?:_.*|\(.*\))$/.test(segment))
    .map((segment) => segment.replace(/_$/, ""));
  const options = listProperties(call?.childForFieldName("arguments")?.firstNamedChild);
  const component = options.find(({ name }) => name === "component")?.value;
  const handler = component?.type === "identifier" ? component.text : "Route";
  const isServer = /API|Server/.test(creator);
  return { method: isServer ? "ANY" : "PAGE", route: `/${shown.join("/")}`, handler, path, line: lineOf(node) };
}

type CodeRouteNode = { name: string; segment: string; parent: string | null; handler: string | null; line: number };

/** `const postRoute = createRoute({ getParentRoute: () => postsRoute, path: "$postId", component: Post })`. */
function listCodeRoutes({ declarators, path }: { declarators: readonly Node[]; path: FilePath }): RouteFact[] {
  const nodes = new Map(
    declarators.flatMap((node) => {
      const found = readCodeRoute(node);
      return found === null ? [] : [[found.name, found] as const];
    }),
  );
  const parents = new Set([...nodes.values()].flatMap(({ parent }) => parent ?? []));
  const routes = [...nodes.values()].flatMap((node): { node: CodeRouteNode; route: string }[] => {
    if (node.handler === null || node.segment === "") return [];
    const segments: string[] = [];
    let next: CodeRouteNode | undefined = node;
    for (let depth = 0; next !== undefined && depth < maxDepth; depth += 1) {
      segments.unshift(...next.segment.split("/").filter((segment) => segment !== ""));
      next = nodes.get(next.parent ?? "");
    }
    return [{ node, route: `/${segments.join("/")}` }];
  });
  // A layout around its index is not a screen of its own.
  return routes
    .filter(
      ({ node, route }) =>
        !parents.has(node.name) || !routes.some((other) => other.node.parent === node.name && other.route === route),
    )
    .map(({ node, route }) => ({ method: "PAGE", route, handler: node.handler ?? node.name, path, line: node.line }));
}

function readCodeRoute(node: Node): CodeRouteNode | null {
  const name = node.childForFieldName("name")?.text;
  const chain = readCallChain(node.childForFieldName("value"));
  const call = chain?.steps.find((step) => step.args !== null);
  if (name === undefined || chain?.root !== "createRoute" || call === undefined) return null;
  const options = listProperties(call.args?.[0]);
  const option = (key: string) => options.find((each) => each.name === key)?.value;
  const parent = /=>\s*([\w$]+)/.exec(option("getParentRoute")?.text ?? "")?.[1] ?? null;
  const component = option("component") ?? chain.steps.find((step) => step.name === "lazy")?.args?.[0];
  const handler = component === undefined ? null : component.type === "identifier" ? component.text : name;
  return { name, segment: readText(option("path")) ?? "", parent, handler, line: lineOf(node) };
}
