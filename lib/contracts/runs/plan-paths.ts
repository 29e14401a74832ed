const extensions =
  "md mdx json jsonc ts tsx jsx mjs cjs vue svelte py prisma sql css scss html yml yaml toml txt xml svg go rs java kt rb php sh cfg ini lock".split(
    " ",
  );

/** Extensions by which a name without a folder counts as a file. "Next.js" counts only in backticks. */
const plainExtensions: ReadonlySet<string> = new Set(extensions);
const quotedExtensions: ReadonlySet<string> = new Set([...extensions, "js"]);

/** A line of a plan without its number or dash. */
export function readPlanStep(line: string): string {
  return line.trim().replace(/^(?:[-*]|\d+[.)])\s+/, "");
}

/** The files that a plan step names: with a folder, in backticks, or by an unmistakable file name. */
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

/** A plan may name a file by its last path segments. */
export function isNamedFile({ named, path }: { named: string; path: string }): boolean {
  return path === named || path.endsWith(`/${named}`);
}
