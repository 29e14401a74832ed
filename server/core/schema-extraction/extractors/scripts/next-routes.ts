import type { Node } from "web-tree-sitter";
import type { RouteFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { FactExtractor } from "../fact-extractor.ts";
import { lineOf } from "../spell-node.ts";
import { findScriptLanguage, listDeclarators, listTopLevel } from "./typescript-syntax.ts";

const httpMethods: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
const appFile = /^(?:.*\/)?app\/((?:.+\/)?)(route|page)\.(?:[cm]?[jt]s|[jt]sx)$/;

/** The routes of a Next.js `app` folder: methods exported by a route.ts, and pages. */
export const nextRoutesExtractor: FactExtractor = {
  name: "next-routes",
  handles: (path) => readRoute(path) !== null,
  extract({ path, text, parser }) {
    const found = readRoute(path);
    const language = findScriptLanguage(path);
    if (found === null || language === null) return {};
    return parser.withTree({ language, text }, (root) => {
      const exported = listExportedNames(root);
      const toRoute = ({ name, handler, line }: ExportedName, method: string): RouteFact => ({
        method,
        route: found.route,
        handler: handler ?? name,
        path,
        line,
      });
      if (found.kind === "route")
        return { routes: exported.flatMap((each) => (httpMethods.has(each.name) ? [toRoute(each, each.name)] : [])) };
      return { routes: exported.flatMap((each) => (each.name === "default" ? [toRoute(each, "PAGE")] : [])) };
    });
  },
};

/** The route of a file. Groups `(x)` and slots `@x` are not part of it; a private folder `_x` has no route. */
function readRoute(path: string): { kind: "route" | "page"; route: string } | null {
  const match = appFile.exec(path);
  const kind = match?.[2];
  if (match === null || (kind !== "route" && kind !== "page")) return null;
  const segments = (match[1] ?? "").split("/").filter((segment) => segment !== "");
  if (segments.some((segment) => segment.startsWith("_"))) return null;
  return { kind, route: `/${segments.filter((segment) => !/^(?:\(\w[^)]*\)|@.*)$/.test(segment)).join("/")}` };
}

type ExportedName = { name: string; handler: string | null; line: number };

function listExportedNames(root: Node): ExportedName[] {
  const topLevel = listTopLevel(root);
  const declared = topLevel.flatMap(({ node, isExported, isDefault }): ExportedName[] => {
    const name = node.childForFieldName("name")?.text ?? (isDefault && node.type === "identifier" ? node.text : null);
    if (!isExported) return [];
    if (isDefault) return [{ name: "default", handler: name ?? "default", line: lineOf(node) }];
    return node.type === "function_declaration" && name !== null ? [{ name, handler: null, line: lineOf(node) }] : [];
  });
  const constants = listDeclarators(topLevel).flatMap(({ name, line, isExported }) =>
    isExported ? [{ name, handler: null, line }] : [],
  );
  const destructured = topLevel.flatMap(({ node, isExported }) => (isExported ? listDestructured(node) : []));
  const listed = root.namedChildren.flatMap((statement) => {
    const clause = statement.namedChildren.find((child) => child.type === "export_clause");
    return (clause?.namedChildren ?? []).flatMap((specifier): ExportedName[] => {
      const local = specifier.childForFieldName("name")?.text;
      const name = specifier.childForFieldName("alias")?.text ?? local;
      return local === undefined || name === undefined ? [] : [{ name, handler: local, line: lineOf(specifier) }];
    });
  });
  return [...declared, ...constants, ...destructured, ...listed].toSorted((a, b) => a.line - b.line);
}

/** `export const { GET, POST } = handlers`. */
function listDestructured(node: Node): ExportedName[] {
  return node.namedChildren.flatMap((declarator) => {
    const pattern = declarator.type === "variable_declarator" ? declarator.childForFieldName("name") : null;
    if (pattern?.type !== "object_pattern") return [];
    return pattern.namedChildren.flatMap((part) =>
      part.type === "shorthand_property_identifier_pattern"
        ? [{ name: part.text, handler: null, line: lineOf(part) }]
        : [],
    );
  });
}
