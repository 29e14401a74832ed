import type { CodeEnum, CodeField, CodeKey } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { EntityFact } from "../extract-file-facts.ts";
import type { FactExtractor } from "./fact-extractor.ts";

type Token = { text: string; line: number };

/** Longer statements are data dumps. */
const maxTokens = 200_000;

/** Tables, columns, keys and enum types of `CREATE TABLE`, in any common dialect. */
export const sqlDdlExtractor: FactExtractor = {
  name: "sql-ddl",
  handles: (path) => path.endsWith(".sql"),
  extract({ path, text }) {
    if (!/create\s+(?:\w+\s+)*(?:table|type)\b/i.test(text)) return {};
    const statements = listStatements(text);
    return {
      entities: statements.flatMap((tokens) => readTable({ tokens, path }) ?? []),
      enums: statements.flatMap((tokens) => readEnum({ tokens, path }) ?? []),
    };
  },
};

const tokenPattern =
  /--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"[^"]*"|`[^`]*`|\[[\w ]+\]|[\w$.]+|\r?\n|[(),;]|[^\s]/g;

function listStatements(text: string): Token[][] {
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

function unquote(name: string): string {
  return name.replace(/^[["'`]|[\]"'`]$/g, "");
}

/** The name at a position, without its schema: `"public"."users"` is users. */
function readName({ tokens, at }: { tokens: readonly Token[]; at: number }): { name: string; next: number } {
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

function readTable({ tokens, path }: { tokens: readonly Token[]; path: FilePath }): EntityFact | null {
  const words = tokens.slice(0, 8).map(({ text }) => text.toLowerCase());
  const table = words.indexOf("table");
  if (words[0] !== "create" || table === -1 || table > 4) return null;
  const start = words[table + 1] === "if" ? table + 4 : table + 1;
  const { name, next } = readName({ tokens, at: start });
  const first = tokens[start];
  if (first === undefined || tokens[next]?.text !== "(") return null;
  const entity: EntityFact = {
    name,
    origin: "sql",
    tableName: name,
    fields: [],
    bases: [],
    family: "sql",
    standing: "entity",
    path,
    line: tokens[0]?.line ?? 1,
  };
  const keys: CodeKey[] = [];
  for (const part of splitParts(tokens.slice(next + 1))) readPart({ part, entity, keys, path });
  const primary = entity.fields.filter(({ isPrimaryKey }) => isPrimaryKey).map((field) => field.name);
  const all: CodeKey[] = primary.length > 1 ? [{ kind: "primary", fields: primary }, ...keys] : keys;
  if (all.length > 0) entity.keys = all;
  return entity;
}

/** The comma-separated parts up to the table's closing bracket. */
function splitParts(tokens: readonly Token[]): Token[][] {
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

const constraint = /^(?:constraint|primary|unique|foreign|check|key|index|fulltext|spatial|exclude|like|partition)$/i;
const endOfType =
  /^(?:not|null|default|primary|unique|references|check|constraint|collate|generated|auto_increment|autoincrement|comment|on|as|identity|unsigned|encode|key|character|charset|constraint)$/i;

function readPart({
  part,
  entity,
  keys,
  path,
}: {
  part: readonly Token[];
  entity: EntityFact;
  keys: CodeKey[];
  path: FilePath;
}): void {
  const [first] = part;
  if (first === undefined) return;
  if (constraint.test(first.text) && part.length > 1) readConstraint({ part, entity, keys });
  else {
    const field = readColumn({ part, first, path });
    if (field !== null) entity.fields.push(field);
  }
}

/** The names in the first brackets after a position. */
function listNames({ part, from }: { part: readonly Token[]; from: number }): string[] {
  const start = part.findIndex(({ text }, index) => index >= from && text === "(");
  const end = part.findIndex(({ text }, index) => index > start && text === ")");
  if (start === -1) return [];
  return part
    .slice(start + 1, end === -1 ? part.length : end)
    .flatMap(({ text }) => (/^[\w"`[]/.test(text) && !/^(?:asc|desc|\d+)$/i.test(text) ? [unquote(text)] : []));
}

function readConstraint({ part, entity, keys }: { part: readonly Token[]; entity: EntityFact; keys: CodeKey[] }): void {
  const words = part.map(({ text }) => text.toLowerCase());
  const kindAt = words.findIndex((word) => /^(?:primary|unique|foreign|key|index)$/.test(word));
  const kind = words[kindAt];
  if (kind === undefined) return;
  const fields = listNames({ part, from: kindAt });
  if (fields.length === 0) return;
  if (kind === "foreign") {
    const references = words.indexOf("references");
    if (references === -1) return;
    const { name } = readName({ tokens: part, at: references + 1 });
    const targets = listNames({ part, from: references });
    for (const [index, field] of fields.entries())
      for (const column of entity.fields)
        if (column.name === field)
          column.references = [name, targets[index]].filter((each) => each !== undefined).join(".");
    return;
  }
  for (const column of entity.fields) {
    if (!fields.includes(column.name)) continue;
    if (kind === "primary") {
      column.isPrimaryKey = true;
      column.isOptional = false;
    }
    if (kind === "unique" && fields.length === 1) column.isUnique = true;
  }
  if (kind === "unique" && fields.length > 1) keys.push({ kind: "unique", fields });
  if (kind === "key" || kind === "index") keys.push({ kind: "index", fields });
}

function readColumn({ part, first, path }: { part: readonly Token[]; first: Token; path: FilePath }): CodeField | null {
  if (!/^[\w"`[]/.test(first.text)) return null;
  const words = part.map(({ text }) => text.toLowerCase());
  const end = words.findIndex((word, index) => index > 0 && endOfType.test(word));
  const type = joinType(part.slice(1, end === -1 ? part.length : end).map(({ text }) => text));
  const has = (...pattern: string[]) =>
    words.some((_, index) => pattern.every((word, offset) => words[index + offset] === word));
  const isPrimaryKey = has("primary", "key");
  const field: CodeField = {
    name: unquote(first.text),
    type,
    isOptional: !isPrimaryKey && !has("not", "null") && !/serial/i.test(type),
    isList: type.endsWith("[]"),
    isPrimaryKey,
    isUnique: words.includes("unique"),
    path,
    line: first.line,
  };
  const defaultAt = words.indexOf("default");
  const defaultValue = defaultAt === -1 ? "" : readDefault(part.slice(defaultAt + 1));
  if (defaultValue !== "") field.defaultValue = defaultValue;
  const references = words.indexOf("references");
  if (references !== -1) {
    const { name } = readName({ tokens: part, at: references + 1 });
    field.references = [name, listNames({ part, from: references })[0]].filter((each) => each !== undefined).join(".");
  }
  return field;
}

function joinType(words: readonly string[]): string {
  return words
    .join(" ")
    .replace(/\s*\(\s*/g, "(")
    .replace(/\s*\)/g, ")")
    .replace(/\s*,\s*/g, ", ")
    .replace(/\s*\[\s*\]/g, "[]");
}

/** One value, or a call with its brackets. */
function readDefault(tokens: readonly Token[]): string {
  const [first, second] = tokens;
  if (first === undefined) return "";
  if (first.text !== "(" && second?.text !== "(") return first.text.replace(/^'(.*)'$/, "$1");
  let depth = 0;
  const taken: string[] = [];
  for (const { text } of tokens) {
    if (text === "(") depth += 1;
    taken.push(text);
    if (text === ")") depth -= 1;
    if (text === ")" && depth === 0) break;
  }
  return joinType(taken);
}

/** `CREATE TYPE status AS ENUM ('a', 'b')`. */
function readEnum({ tokens, path }: { tokens: readonly Token[]; path: FilePath }): CodeEnum | null {
  const words = tokens.slice(0, 12).map(({ text }) => text.toLowerCase());
  const at = words.indexOf("enum");
  if (words[0] !== "create" || words[1] !== "type" || at === -1) return null;
  const values = tokens
    .slice(at)
    .flatMap(({ text }) => (text.startsWith("'") ? [text.slice(1, -1).replaceAll("''", "'")] : []));
  const { name } = readName({ tokens, at: 2 });
  return values.length === 0 ? null : { name, values, path, line: tokens[0]?.line ?? 1 };
}
