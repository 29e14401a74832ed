/** The globs that the user typed, one per line or separated by commas; braces may contain commas. */
export function parseScopeGlobs(text: string): string[] {
  const globs: string[] = [];
  let depth = 0;
  let glob = "";
  for (const character of `${text}\n`) {
    const isEnd = character === "\n" || (character === "," && depth === 0);
    if (isEnd) {
      const trimmed = glob.trim();
      if (trimmed !== "" && !globs.includes(trimmed)) globs.push(trimmed);
      glob = "";
      depth = 0;
      continue;
    }
    if (character === "{") depth += 1;
    if (character === "}") depth = Math.max(0, depth - 1);
    glob += character;
  }
  return globs;
}

/** The glob for a file, or for all files in a folder. Characters that would separate or negate globs become `?`. */
export function toScopeGlob({ path, isFolder }: { path: string; isFolder: boolean }): string {
  return `${path.replaceAll(/[,\n{}]|^!/g, "?")}${isFolder ? "/**" : ""}`;
}

export function addToScope({ text, glob }: { text: string; glob: string }): string {
  const globs = parseScopeGlobs(text);
  return globs.includes(glob) ? text : [...globs, glob].join(", ");
}

export function removeFromScope({ text, glob }: { text: string; glob: string }): string {
  return parseScopeGlobs(text)
    .filter((each) => each !== glob)
    .join(", ");
}
