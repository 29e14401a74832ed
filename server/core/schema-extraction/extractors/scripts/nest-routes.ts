import type { FilePath } from "#lib/contracts/ids.ts";
import type { RouteFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { listScriptClasses, type Decorator, type ScriptClass } from "./typescript-classes.ts";
import { listProperties, readText } from "./typescript-syntax.ts";

const verbs = /^(?:Get|Post|Put|Patch|Delete|Head|Options|All|Sse)$/;

/** The routes of Nest's controllers, and the queries and mutations of its GraphQL resolvers. */
export const nestRoutesExtractor = scriptExtractor({
  name: "nest-routes",
  isWanted: ({ text }) => /@Controller\b|@Resolver\b/.test(text),
  read: ({ root, path }) => ({
    routes: listScriptClasses(root).flatMap((source) => readController({ source, path })),
  }),
});

function readController({ source, path }: { source: ScriptClass; path: FilePath }): RouteFact[] {
  const controller = source.decorators.find(({ name }) => name === "Controller");
  const isResolver = source.decorators.some(({ name }) => name === "Resolver");
  if (controller === undefined && !isResolver) return [];
  const bases = controller === undefined ? [""] : readPaths(controller);
  return source.members.flatMap((member) =>
    member.decorators.flatMap((decorator): RouteFact[] => {
      const place = { handler: `${source.name}.${member.name}`, path, line: decorator.line };
      if (isResolver && /^(?:Query|Mutation|Subscription)$/.test(decorator.name))
        return [{ method: decorator.name.toUpperCase(), route: readText(decorator.args[0]) ?? member.name, ...place }];
      if (controller === undefined || !verbs.test(decorator.name)) return [];
      const method = decorator.name === "All" ? "ANY" : decorator.name === "Sse" ? "GET" : decorator.name.toUpperCase();
      return bases.flatMap((base) =>
        readPaths(decorator).map((rest) => ({ method, route: joinSegments([base, rest]), ...place })),
      );
    }),
  );
}

/**
 * `@Get(":id")`, `@Get(["a", "b"])`, `@Controller({ path: "cats", version: "1" })`; without an argument, the path is
 * empty.
 */
function readPaths({ args: [first] }: Decorator): string[] {
  if (first?.type === "array") return first.namedChildren.flatMap((node) => readText(node) ?? []);
  const options = listProperties(first);
  const text = readText(first) ?? readText(options.find(({ name }) => name === "path")?.value) ?? "";
  const version = readText(options.find(({ name }) => name === "version")?.value);
  return [version === null ? text : `v${version}/${text}`];
}

function joinSegments(parts: readonly string[]): string {
  return `/${parts
    .flatMap((part) => part.split("/"))
    .filter((segment) => segment !== "")
    .join("/")}`;
}
