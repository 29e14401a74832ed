import type { UnreadLanguage } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts } from "./extract-file-facts.ts";
import { isExamplePath } from "./is-example-path.ts";

const languages: Readonly<Record<string, string>> = {
  c: "C",
  cc: "C++",
  cpp: "C++",
  cs: "C#",
  cjs: "JavaScript",
  clj: "Clojure",
  cts: "TypeScript",
  dart: "Dart",
  erl: "Erlang",
  ex: "Elixir",
  exs: "Elixir",
  fs: "F#",
  go: "Go",
  gql: "GraphQL",
  graphql: "GraphQL",
  groovy: "Groovy",
  hs: "Haskell",
  java: "Java",
  js: "JavaScript",
  jsx: "JavaScript",
  kt: "Kotlin",
  kts: "Kotlin",
  lua: "Lua",
  mjs: "JavaScript",
  ml: "OCaml",
  mts: "TypeScript",
  php: "PHP",
  pl: "Perl",
  prisma: "Prisma",
  proto: "Protocol Buffers",
  py: "Python",
  r: "R",
  rb: "Ruby",
  rs: "Rust",
  scala: "Scala",
  sql: "SQL",
  svelte: "Svelte",
  swift: "Swift",
  ts: "TypeScript",
  tsx: "TypeScript",
  vue: "Vue",
  zig: "Zig",
};

/** Tool configuration, and declarations of third-party code. */
const sideFile = /(?:\.config\.\w+|\.d\.[cm]?ts|(?:^|\/)(?:setup|manage|conftest|gulpfile|Gruntfile|noxfile)\.\w+)$/;

/**
 * The languages in which no extractor found an entity, an enum or a route, most files first. Tests, examples and
 * configuration files do not count.
 */
export function listUnread({
  paths,
  factsByPath,
}: {
  paths: Iterable<FilePath>;
  factsByPath: ReadonlyMap<FilePath, FileFacts>;
}): UnreadLanguage[] {
  const counts = new Map<string, number>();
  const read = new Set<string>();
  for (const path of paths) {
    const language = findLanguage(path);
    if (language === null || sideFile.test(path) || isExamplePath(path)) continue;
    counts.set(language, (counts.get(language) ?? 0) + 1);
    const facts = factsByPath.get(path);
    if (facts !== undefined && facts.entities.length + facts.enums.length + facts.routes.length > 0) read.add(language);
  }
  return [...counts]
    .filter(([language]) => !read.has(language))
    .map(([language, fileCount]) => ({ language, fileCount }))
    .toSorted((a, b) => b.fileCount - a.fileCount || (a.language < b.language ? -1 : 1));
}

function findLanguage(path: string): string | null {
  return languages[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ""] ?? null;
}
