const maxImports = 200;

const byEnding: { endings: RegExp; patterns: RegExp[] }[] = [
  {
    endings: /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx)$/,
    patterns: [
      /(?:^|[\s;}])(?:import|export)\s(?:[^"'`;]{0,1000}?\sfrom\s*)?["']([^"'\n]+)["']/g,
      /(?:require|import)\(\s*["']([^"'\n]+)["']/g,
    ],
  },
  { endings: /\.pyi?$/, patterns: [/^[ \t]*from\s+([.\w]+)\s+import\s/gm, /^[ \t]*import\s+([\w.]+)/gm] },
  { endings: /\.(?:java|kt|kts|scala|groovy)$/, patterns: [/^import\s+(?:static\s+)?([\w.]+)/gm] },
  { endings: /\.go$/, patterns: [/^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./@-]+)"\s*$/gm] },
  { endings: /\.rs$/, patterns: [/^\s*(?:pub\s+)?(?:use|mod)\s+([\w:]+)/gm] },
  { endings: /\.rb$/, patterns: [/^\s*require(?:_relative)?\s*\(?["']([^"']+)["']/gm] },
  {
    endings: /\.php$/,
    patterns: [/^\s*use\s+([\w\\]+)/gm, /(?:require|include)(?:_once)?[\s(]{1,4}[^"';\n]{0,200}["']([^"'\n]+)["']/g],
  },
  { endings: /\.cs$/, patterns: [/^\s*using\s+(?:static\s+)?([\w.]+)\s*;/gm] },
  { endings: /\.(?:c|cc|cpp|h|hpp|m)$/, patterns: [/^\s*#\s*include\s*"([^"\n]+)"/gm] },
  { endings: /\.(?:css|scss|sass|less)$/, patterns: [/@(?:import|use|forward)\s+["']([^"'\n]+)["']/g] },
  { endings: /\.html?$/, patterns: [/\{%\s*(?:extends|include|import|from)\s+["']([^"'\n]+)["']/g] },
];

/**
 * The modules that a file imports, as written, without duplicates. Uses patterns, for the reason given in
 * `find-declared-symbols`. `text` must have its blanks collapsed.
 */
export function findImportSpecifiers({ path, text }: { path: string; text: string }): string[] {
  const patterns = byEnding.find(({ endings }) => endings.test(path))?.patterns ?? [];
  const specifiers = new Set<string>();
  for (const pattern of patterns) {
    for (const [, specifier] of text.matchAll(pattern)) {
      if (specifier !== undefined) specifiers.add(specifier);
      if (specifiers.size >= maxImports) return [...specifiers];
    }
  }
  return [...specifiers];
}
