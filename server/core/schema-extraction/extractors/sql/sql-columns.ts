import type { CodeField } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { TableConstraint } from "#server/core/schema-extraction/extract-file-facts.ts";
import { joinType, listNames, readName, unquote, type Token } from "./sql-tokens.ts";

const constraint = /^(?:constraint|primary|unique|foreign|check|key|index|fulltext|spatial|exclude|like|partition)$/i;
/** The text after a column called `key`. */
const typeName =
  /^(?:n?(?:var)?char|character|text|citext|(?:tiny|small|medium|big)?int|integer|(?:big|small)?serial|uuid|bytea|(?:var)?binary|blob|jsonb?|bool|boolean|date|time|timestamp|timestamptz|numeric|decimal|real|double|float)\d*$/i;
const endOfType =
  /^(?:not|null|default|primary|unique|references|check|constraint|collate|generated|after|first|auto_increment|autoincrement|comment|on|as|identity|unsigned|encode|key|character|charset|constraint)$/i;

/** Whether a part of a table definition is not a column. */
export function isConstraint([first, second]: readonly Token[]): boolean {
  return first !== undefined && second !== undefined && constraint.test(first.text) && !typeName.test(second.text);
}

/** Null for a check and other constraints that do not concern keys. */
export function readConstraint(part: readonly Token[]): TableConstraint | null {
  const words = part.map(({ text }) => text.toLowerCase());
  const kindAt = words.findIndex((word) => /^(?:primary|unique|foreign|key|index)$/.test(word));
  const kind = words[kindAt];
  if (kind === undefined) return null;
  const fields = listNames({ part, from: kindAt });
  if (fields.length === 0) return null;
  if (kind === "primary" || kind === "unique") return { kind, fields };
  if (kind !== "foreign") return { kind: "index", fields };
  const references = words.indexOf("references");
  if (references === -1) return null;
  const { name } = readName({ tokens: part, at: references + 1 });
  return { kind, fields, references: { table: name, fields: listNames({ part, from: references }) } };
}

export function readColumn({ part, path }: { part: readonly Token[]; path: FilePath }): CodeField | null {
  const [first] = part;
  if (first === undefined || !/^[\w"`[]/.test(first.text)) return null;
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

/** One value, or a call with its brackets. */
export function readDefault(tokens: readonly Token[]): string {
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
