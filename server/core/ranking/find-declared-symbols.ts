const maxSymbols = 400;

/**
 * Declarations by keyword, in languages with a keyword before the name. A pattern instead of a grammar: ranking reads
 * every file of a project, in any language, and a false match costs little.
 */
const declaration =
  /(?:^|[\s;{(])(?:class|interface|struct|enum|trait|impl|protocol|record|object|module|namespace|model|table|view|message|service|type|def|fn|fun|func|function\*?|sub|const|let|var|val|static|macro_rules!|#define)\s+(?:\([^()\n]{0,80}\)\s*)?["`[]?([A-Za-z_$][\w$]*)/g;
/**
 * `name = …` and `name: …` at the start of a line, and methods of Java, C# and C. Repetitions are bounded, so the time
 * is linear.
 */
const assigned = /^(?:export\s+)?([A-Za-z_$][\w$]*)\s*(?::\s*[\w[\], .|]+)?\s*=(?!=)/gm;
const method =
  /^[ \t]+(?:(?:public|private|protected|internal|async|static|final|override|abstract|virtual|get|set)[ \t]+)*(?:[\w<>[\],.?]{1,200}\s+)?([A-Za-z_$][\w$]{0,200})\s*\([^\n;]{0,400}\)\s*(?:throws [\w, ]{1,200})?(?::\s*[^\n{;]{1,200})?\{/gm;
const notNames = new Set([
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "return",
  "function",
  "else",
  "new",
  "await",
  "with",
]);
const heading = /^#{1,4}\s+(.{1,80})$/gm;

/** The names that a file declares, without duplicates, at most 400. `text` must have its blanks collapsed. */
export function findDeclaredSymbols({ path, text }: { path: string; text: string }): string[] {
  const names = new Set<string>();
  const patterns = /\.(?:md|mdx|rst|txt)$/.test(path) ? [heading] : [declaration, assigned, method];
  for (const pattern of patterns) {
    for (const [, name] of text.matchAll(pattern)) {
      if (name !== undefined && !notNames.has(name)) names.add(name);
      if (names.size >= maxSymbols) return [...names];
    }
  }
  return [...names];
}
