const extensions =
  "md mdx json jsonc ts tsx jsx mjs cjs vue svelte py prisma sql css scss html yml yaml toml txt xml svg go rs java kt rb php sh cfg ini lock".split(
    " ",
  );

/** Extensions that a name without a folder is believed. Only in backticks is "Next.js" a file. */
const plainExtensions: ReadonlySet<string> = new Set(extensions);
const quotedExtensions: ReadonlySet<string> = new Set([...extensions, "js"]);

/** A line of a plan without its number or dash. */
export function readPlanStep(line: string): string {
  return line.trim().replace(/^(?:[-*]|\d+[.)])\s+/, "");
}

/** The files that a plan's item names: with a folder, in backticks, or by a name that can hardly be anything else. */
export function findPlanPaths(item: string): string[] {
  const tokens = [...item.matchAll(/`([^`\s]+)`|(?<![/:\w.])([\w@.\-[\]()]+(?:\/[\w@.\-[\]()]+)*)/g)];
  const paths = tokens.flatMap(([, quoted, plain = ""]) => {
    if (quoted !== undefined)
      return isFile({ name: quoted, known: quotedExtensions }) ||
        /^(?:\.[a-z][\w.]*|Dockerfile|Makefile|Procfile)$/.test(quoted)
        ? [quoted]
        : [];
    const name = plain.replace(/^[([]+|[).\]]+$/g, "");
    return isFile({ name, known: plainExtensions }) ? [name] : [];
  });
  return [...new Set(paths.map((path) => path.replace(/^\.\//, "")))];
}

function isFile({ name, known }: { name: string; known: ReadonlySet<string> }): boolean {
  if (name.startsWith("/") || name.includes("://")) return false;
  const extension = /\.([A-Za-z]\w*)$/.exec(name)?.[1];
  return extension !== undefined && (name.includes("/") || known.has(extension));
}

/** A plan may name a file by its last folders alone. */
export function isNamedFile({ named, path }: { named: string; path: string }): boolean {
  return path === named || path.endsWith(`/${named}`);
}
