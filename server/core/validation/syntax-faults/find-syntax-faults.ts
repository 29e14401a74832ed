import { findSourceLanguage, type SourceParser } from "../../syntax/source-parser.ts";
import { findCssFaults, findPrismaFaults, findSqlFaults } from "./find-bracket-faults.ts";
import { findJsonFaults, findTomlFaults, findYamlFaults } from "./find-data-faults.ts";
import { findGrammarFaults } from "./find-grammar-faults.ts";
import { findHtmlFaults } from "./find-html-faults.ts";
import type { SyntaxFault } from "./syntax-fault.ts";

type Source = { path: string; text: string; sourceParser: SourceParser };
type Checker = { language: string; find: (source: Source) => SyntaxFault[] };

const grammarNames = {
  python: "Python",
  typescript: "TypeScript",
  tsx: "TypeScript",
  javascript: "JavaScript",
} as const;

/** JSON files whose parsers allow comments. */
const tolerantJson =
  /(?:^|\/)(?:[tj]sconfig[^/]*\.json|\.(?:eslintrc|babelrc|swcrc|jshintrc)(?:\.json)?|(?:\.vscode|\.devcontainer)\/[^/]+\.json|devcontainer\.json|(?:deno|biome|renovate|turbo|nx|angular)\.json)$|\.(?:jsonc|code-workspace)$/i;

const checkersByExtension: Readonly<Record<string, Checker>> = {
  css: { language: "CSS", find: ({ text }) => findCssFaults(text) },
  sql: { language: "SQL", find: ({ text }) => findSqlFaults(text) },
  prisma: { language: "Prisma", find: ({ text }) => findPrismaFaults(text) },
  html: { language: "HTML", find: ({ text }) => findHtmlFaults(text) },
  htm: { language: "HTML", find: ({ text }) => findHtmlFaults(text) },
  json: { language: "JSON", find: ({ text }) => findJsonFaults({ text, dialect: "strict" }) },
  toml: { language: "TOML", find: ({ text }) => findTomlFaults(text) },
  yaml: { language: "YAML", find: ({ text }) => findYamlFaults(text) },
  yml: { language: "YAML", find: ({ text }) => findYamlFaults(text) },
};

/** The checker for a path's language; null if the language is not checked. */
function findChecker(path: string): Checker | null {
  // Ambient declarations use forms that the grammar does not support, and contain no code that could break.
  if (/\.d\.[cm]?ts$/i.test(path)) return null;
  if (tolerantJson.test(path))
    return { language: "JSON", find: ({ text }) => findJsonFaults({ text, dialect: "tolerant" }) };
  const language = findSourceLanguage(path);
  if (language !== null && language !== "css")
    return {
      language: grammarNames[language],
      find: ({ text, sourceParser }) => findGrammarFaults({ language, text, sourceParser }),
    };
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? null : (checkersByExtension[extension] ?? null);
}

/** The syntax errors of a text, sorted by line; empty for a language that is not checked. Never throws. */
export function findSyntaxFaults(source: Source): SyntaxFault[] {
  return findChecker(source.path)?.find(source) ?? [];
}

/** The name of the language that a path is checked against, for sentences; null if it is not checked. */
export function findCheckedLanguage(path: string): string | null {
  return findChecker(path)?.language ?? null;
}
