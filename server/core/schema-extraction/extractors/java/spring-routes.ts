import type { FilePath } from "#lib/contracts/ids.ts";
import type { RouteFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { javaExtractor } from "./java-extractor.ts";
import { listAnnotations, readStrings, type Annotation, type JavaClass } from "./java-syntax.ts";

export const springRoutesExtractor = javaExtractor({
  name: "spring-routes",
  mark: /@(?:Rest)?Controller\b|@RequestMapping\b/,
  read: ({ classes, path }) => ({ routes: classes.flatMap((source) => readController({ ...source, path })) }),
});

function readController({ name, node, body, path }: JavaClass & { path: FilePath }): RouteFact[] {
  const annotations = listAnnotations(node);
  const isController = annotations.some((each) => each.name.endsWith("Controller") || each.name === "RequestMapping");
  if (!isController) return [];
  const mapping = annotations.find((each) => each.name === "RequestMapping");
  const bases = mapping === undefined ? [""] : listPaths(mapping);
  return body.namedChildren.flatMap((member): RouteFact[] => {
    const handler = member.childForFieldName("name")?.text;
    if (member.type !== "method_declaration" || handler === undefined) return [];
    return listAnnotations(member).flatMap((annotation) =>
      listMethods(annotation).flatMap((method) =>
        bases.flatMap((base) =>
          listPaths(annotation).map((rest) => ({
            method,
            route: joinSegments([base, rest]),
            handler: `${name}.${handler}`,
            path,
            line: annotation.line,
          })),
        ),
      ),
    );
  });
}

/** `GetMapping` serves GET; `RequestMapping` the methods that it names, or any. */
function listMethods({ name, args }: Annotation): string[] {
  const verb = /^(Get|Post|Put|Patch|Delete)Mapping$/.exec(name)?.[1];
  if (verb !== undefined) return [verb.toUpperCase()];
  if (name !== "RequestMapping") return [];
  const named: string[] = args.get("method")?.text.match(/[A-Z]{3,}/g) ?? [];
  return named.length > 0 ? named : ["ANY"];
}

function listPaths({ args }: Annotation): string[] {
  const paths = readStrings(args.get("value") ?? args.get("path"));
  return paths.length > 0 ? paths : [""];
}

function joinSegments(parts: readonly string[]): string {
  return `/${parts
    .flatMap((part) => part.split("/"))
    .filter((segment) => segment !== "")
    .join("/")}`;
}
