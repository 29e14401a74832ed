import type { Node } from "web-tree-sitter";
import { parse as parseToml } from "smol-toml";
import { parseAllDocuments } from "yaml";
import { findSourceLanguage } from "../../syntax/source-parser.ts";
import type { SourceParser } from "../../syntax/source-parser.ts";
import type { Validator } from "../validator.ts";

type SyntaxFault = { line: number; message: string };

/**
 * Syntax errors that the candidate brings. A file that the parent had broken already is compared by the number of its
 * errors: it may stay as broken as it was.
 */
export const syntax: Validator = {
  name: "syntax",
  validate: ({ changedFiles, sourceParser }) =>
    changedFiles.flatMap(({ path, before, after }) => {
      const faults = findFaults({ path, text: after, sourceParser });
      const [first] = faults;
      if (first === undefined) return [];
      const known = before === null ? 0 : findFaults({ path, text: before, sourceParser }).length;
      if (faults.length <= known) return [];
      const excerpt = after.split("\n")[first.line - 1]?.trim();
      return [{ validator: "syntax", severity: "error" as const, path, line: first.line, message: first.message, ...(excerpt === undefined || excerpt === "" ? {} : { excerpt: excerpt.slice(0, 200) }) }];
    }),
};

function findFaults({ path, text, sourceParser }: { path: string; text: string; sourceParser: SourceParser }): SyntaxFault[] {
  const language = findSourceLanguage(path);
  if (language !== null) return sourceParser.withTree({ language, text }, (root) => (root.hasError ? collectErrors(root) : []));
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/^(tsconfig|jsconfig)[^/]*\.json$|\.(jsonc|code-workspace)$/.test(name)) return [];
  if (name.endsWith(".json")) return findThrown({ parse: () => JSON.parse(text), label: "JSON" });
  if (name.endsWith(".toml")) return findThrown({ parse: () => parseToml(text), label: "TOML" });
  if (/\.ya?ml$/.test(name)) return parseAllDocuments(text, { logLevel: "silent" }).flatMap((document) => ("errors" in document ? document.errors.map((error) => ({ line: error.linePos?.[0].line ?? 1, message: `Not valid YAML: ${firstSentence(error.message)}` })) : []));
  if (name.endsWith(".prisma")) return findUnbalancedBraces(text);
  return [];
}

function collectErrors(root: Node): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  const visit = (node: Node) => {
    if (node.isError || node.isMissing) {
      faults.push({ line: node.startPosition.row + 1, message: node.isMissing ? `Syntax error: ${node.type} is missing.` : "Syntax error." });
      return;
    }
    if (node.hasError) for (const child of node.children) if (child !== null) visit(child);
  };
  visit(root);
  return faults;
}

function findThrown({ parse, label }: { parse: () => unknown; label: string }): SyntaxFault[] {
  try {
    parse();
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = typeof (error as { line?: unknown }).line === "number" ? (error as { line: number }).line : Number.parseInt(/line (\d+)/.exec(message)?.[1] ?? "1", 10);
    return [{ line, message: `Not valid ${label}: ${firstSentence(message)}` }];
  }
}

/** Prisma's own parser would have to be downloaded; blocks that do not close are what a cut-off answer leaves. */
function findUnbalancedBraces(text: string): SyntaxFault[] {
  let depth = 0;
  let openedAt = 0;
  for (const [index, line] of text.split("\n").entries()) {
    for (const character of line.replace(/\/\/.*$/, "").replace(/"(?:[^"\\]|\\.)*"/g, "")) {
      if (character === "{" && (depth += 1) === 1) openedAt = index + 1;
      if (character === "}" && (depth -= 1) < 0) return [{ line: index + 1, message: "A block is closed that was not opened." }];
    }
  }
  return depth === 0 ? [] : [{ line: openedAt, message: "This block is not closed." }];
}

function firstSentence(message: string): string {
  return message.split("\n")[0]?.slice(0, 200) ?? "";
}
