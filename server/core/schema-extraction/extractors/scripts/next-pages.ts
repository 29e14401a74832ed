import type { Node } from "web-tree-sitter";
import type { RouteFact } from "#server/core/schema-extraction/extract-file-facts.ts";
import { scriptExtractor } from "./script-extractor.ts";
import { lineOf } from "../spell-node.ts";
import { listTopLevel } from "./typescript-syntax.ts";

const pageFile = /^(?:.*\/)?pages\/(.+?)(?:\.page)?\.(?:[jt]sx?|[cm][jt]s)$/;
const isCertain = /from ["']next(?:\/|["'])|require\(["']next|\bget(?:ServerSideProps|StaticProps|StaticPaths)\b/;

/** The routes of Next's `pages` folder: pages, and the functions in `pages/api`. */
export const nextPagesExtractor = scriptExtractor({
  name: "next-pages",
  handles: (path) => readRoute(path) !== null,
  isWanted: ({ text }) => /\bexport\s+(?:default\b|\{)|module\.exports/.test(text),
  read({ root, path, text }) {
    const route = readRoute(path);
    const found = findDefault(root);
    if (route === null || found === null) return {};
    const isApi = /^\/api(?:\/|$)/.test(route);
    const methods = isApi ? listMethods(text) : ["PAGE"];
    return {
      routes: methods.map((method): RouteFact => ({
        method,
        route,
        ...found,
        ...(isCertain.test(text) ? {} : { needs: "next" }),
        path,
      })),
    };
  },
});

/** Files whose name begins with an underscore are wrappers, not pages. */
function readRoute(path: string): string | null {
  const inner = pageFile.exec(path)?.[1];
  if (inner === undefined || /\.(?:test|spec|stories|d)$/.test(inner)) return null;
  const segments = inner.split("/");
  const last = segments.at(-1) ?? "";
  if (segments.some((segment) => segment.startsWith("_")) || /^(?:404|500)$/.test(last)) return null;
  return `/${(last === "index" ? segments.slice(0, -1) : segments).join("/")}`;
}

function findDefault(root: Node): { handler: string; line: number } | null {
  const declared = listTopLevel(root).find(({ isDefault }) => isDefault);
  if (declared !== undefined) {
    const { node } = declared;
    const name = node.childForFieldName("name")?.text ?? (node.type === "identifier" ? node.text : "default");
    return { handler: name, line: lineOf(node) };
  }
  // `export { default } from "./page"`, `module.exports = Page`.
  const passed = root.namedChildren.find(
    (node) =>
      (node.type === "export_statement" && /\bdefault\b/.test(node.text)) ||
      (node.type === "expression_statement" && /^module\.exports\s*=/.test(node.text)),
  );
  return passed === undefined ? null : { handler: "default", line: lineOf(passed) };
}

/**
 * The methods that a function compares with: `req.method === "POST"`, `case "GET":`; without any, it serves all
 * methods.
 */
function listMethods(text: string): string[] {
  const named = [
    ...text.matchAll(/\.method\s*[!=]==?\s*["'](GET|POST|PUT|PATCH|DELETE)["']/g),
    ...(/switch\s*\([^)]*method/.test(text) ? text.matchAll(/\bcase\s+["'](GET|POST|PUT|PATCH|DELETE)["']/g) : []),
  ].flatMap(([, method]) => method ?? []);
  return named.length === 0 ? ["ANY"] : [...new Set(named)];
}
