/** A word, a string or a sign of SQL, with its line. */
export type Token = { text: string; line: number };

/** Longer statements are data dumps. */
const maxTokens = 200_000;

const tokenPattern =
  /--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"[^"]*"|`[^`]*`|\[[\w ]+\]|[\w$.]+|\r?\n|[(),;]|[^\s]/g;

export function listStatements(text: string): Token[][] {
  const statements: Token[][] = [];
  let open: Token[] = [];
  let line = 1;
  let count = 0;
  for (const [token] of text.matchAll(tokenPattern)) {
    if (count > maxTokens) break;
    const startLine = line;
    line += token.split("\n").length - 1;
    if (/^(?:--|#|\/\*|\r?\n)/.test(token)) continue;
    count += 1;
    if (token === ";") {
      statements.push(open);
      open = [];
    } else open.push({ text: token, line: startLine });
  }
  return [...statements, open];
}

export function unquote(name: string): string {
  return name.replace(/^[["'`]|[\]"'`]$/g, "");
}

/** The name at a position, without its schema: `"public"."users"` is users. */
export function readName({ tokens, at }: { tokens: readonly Token[]; at: number }): { name: string; next: number } {
  let next = at;
  let name = tokens[next]?.text ?? "";
  while (
    tokens[next + 1]?.text === "." ||
    (tokens[next + 1]?.text.startsWith(".") === true && tokens[next + 1]?.text !== ".")
  ) {
    const isSplit = tokens[next + 1]?.text === ".";
    name = isSplit ? (tokens[next + 2]?.text ?? "") : (tokens[next + 1]?.text.slice(1) ?? "");
    next += isSplit ? 2 : 1;
  }
  const plain = unquote(name);
  return {
    name: name.startsWith('"') || name.startsWith("`") ? plain : plain.slice(plain.lastIndexOf(".") + 1),
    next: next + 1,
  };
}

/** The comma-separated parts up to the table's closing bracket. */
export function splitParts(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [];
  let open: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === "(") depth += 1;
    if (token.text === ")") depth -= 1;
    if (depth < 0) break;
    if (token.text === "," && depth === 0) {
      parts.push(open);
      open = [];
    } else open.push(token);
  }
  return [...parts, open].filter((part) => part.length > 0);
}

/** The names in the first brackets after a position. */
export function listNames({ part, from }: { part: readonly Token[]; from: number }): string[] {
  const start = part.findIndex(({ text }, index) => index >= from && text === "(");
  const end = part.findIndex(({ text }, index) => index > start && text === ")");
  if (start === -1) return [];
  return part
    .slice(start + 1, end === -1 ? part.length : end)
    .flatMap(({ text }) => (/^[\w"`[]/.test(text) && !/^(?:asc|desc|\d+)$/i.test(text) ? [unquote(text)] : []));
}

export function joinType(words: readonly string[]): string {
  return words
    .join(" ")
    .replace(/\s*\(\s*/g, "(")
    .replace(/\s*\)/g, ")")
    .replace(/\s*,\s*/g, ", ")
    .replace(/\s*\[\s*\]/g, "[]");
}
