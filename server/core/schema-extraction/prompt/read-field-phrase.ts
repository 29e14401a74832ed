import type { PromptFieldType } from "../extract-from-prompt.ts";
import { singularizeNoun } from "../inflect-noun.ts";
import { findTypeWord, guessFieldType, isPlainTypeWord, isSingleValueNoun } from "./guess-field-type.ts";
import { toFieldName, toPascalCase, toSnakeCase } from "./name-case.ts";
import { tokenize, type PromptToken } from "./split-prompt.ts";

/** A field as named by a phrase. Its final form is decided once all entities are known. */
export type FieldPhrase = {
  name: string;
  /** As stated, or else as the name suggests. */
  type: PromptFieldType;
  isOptional: boolean;
  isUnique: boolean;
  isList: boolean;
  isEnum: boolean;
  /** The values of an enum that the phrase names, in snake_case. */
  values: string[];
  defaultValue: string | null;
  /** A PascalCase name in the position of a type: an entity, if there is one with that name. */
  typeName: string | null;
  isTypeStated: boolean;
};

type Marks = Omit<FieldPhrase, "name" | "type" | "isTypeStated"> & { type: PromptFieldType | null };

const determiners: ReadonlySet<string> = new Set(
  "a an the their its his her your our my some any each every this that one single new own given current".split(" "),
);
const optionalWords: ReadonlySet<string> = new Set("optional optionally nullable null".split(" "));
const requiredWords: ReadonlySet<string> = new Set("required mandatory non-null notnull necessary indexed".split(" "));
const trailingNouns: ReadonlySet<string> = new Set(
  "field fields column columns attribute attributes property".split(" "),
);
const textNouns: ReadonlySet<string> = new Set(
  "notes note body description content bio summary comment details long name state status title".split(" "),
);
const maxNameWords = 5;

/**
 * Reads one field from a phrase such as `an optional due date`, `price: decimal` or `status (todo, done)`; null if it
 * names none.
 */
export function readFieldPhrase(phrase: string | readonly PromptToken[]): FieldPhrase | null {
  const tokens = typeof phrase === "string" ? tokenize(phrase) : phrase;
  const marks: Marks = {
    type: null,
    isOptional: false,
    isUnique: false,
    isList: false,
    isEnum: false,
    values: [],
    defaultValue: null,
    typeName: null,
  };
  const words: string[] = [];
  const groups: string[] = [];
  for (const token of tokens) (token.kind === "group" ? groups : words).push(token.text);

  const nameWords = takeNameWords({ words, marks });
  if (nameWords.length === 0 || nameWords.length > maxNameWords) return null;
  const looseName = toFieldName(nameWords.join(" "));
  if (looseName === "") return null;
  for (const group of groups) readGroup({ group, marks });
  return settle({ looseName, marks });
}

/** True if a phrase only qualifies the field before it: `required`, `unique`, `max 200`. */
export function isQualifier(tokens: readonly PromptToken[]): boolean {
  const words = tokens.map((token) => token.text.toLowerCase());
  const first = words[0] ?? "";
  if (words.length === 1) return optionalWords.has(first) || requiredWords.has(first) || first === "unique";
  return /^(?:max|min|maximum|minimum|default|defaults|defaulting|not|up)$/.test(first) && tokens[0]?.kind === "word";
}

/** Applies a qualifier to a field that was read before. */
export function qualifyField({ field, tokens }: { field: FieldPhrase; tokens: readonly PromptToken[] }): void {
  for (const token of tokens) if (token.kind === "group") readGroup({ group: token.text, marks: field });
  readPart({
    part: tokens.flatMap((token) => (token.kind === "word" ? [token.text] : [])).join(" "),
    marks: field,
    others: [],
  });
}

function settle({ looseName, marks }: { looseName: string; marks: Marks }): FieldPhrase {
  const isTypeStated = marks.type !== null;
  // "Size in hectares" is one field, size.
  const head = looseName.split(/_(?:in|per|of|for|at|on|from)_/, 1)[0] ?? looseName;
  const isPlural = singularizeNoun(head) !== head;
  const isList =
    marks.isList ||
    (!isTypeStated &&
      isPlural &&
      marks.values.length === 0 &&
      marks.typeName === null &&
      !isSingleValueNoun(looseName));
  const elementName = isList && !isTypeStated ? singularizeNoun(looseName) : looseName;
  return {
    ...marks,
    name: looseName,
    isList,
    isTypeStated,
    type: marks.type ?? guessFieldType(elementName.replace(/_value$/, "")),
  };
}

/** Removes everything but the name from the words, and records its meaning. */
function takeNameWords({ words, marks }: { words: string[]; marks: Marks }): string[] {
  const typed = /^(.*?)(?:\s*[:=]\s*|\s+(?:as|of type|typed as)\s+(?=\S))(.*)$/.exec(words.join(" "));
  let rest = words;
  if (typed !== null && typed[1] !== undefined && typed[2] !== undefined && words.length > 1) {
    rest = typed[1].split(" ");
    readType({ text: typed[2], marks });
  }
  rest = takeDefault({ words: rest, marks });
  rest = rest.flatMap((word) => (takeFlag({ word, marks }) ? [] : [word]));
  rest = dropComment(rest);
  while (determiners.has((rest[0] ?? "").toLowerCase())) rest = rest.slice(1);
  if (rest.at(-1)?.endsWith("?") === true) {
    marks.isOptional = true;
    rest = [...rest.slice(0, -1), (rest.at(-1) ?? "").slice(0, -1)];
  }
  return takeTypeWords({ words: rephrase({ words: rest, marks }), marks });
}

function takeFlag({ word, marks }: { word: string; marks: Marks }): boolean {
  const lower = word.toLowerCase();
  if (optionalWords.has(lower)) marks.isOptional = true;
  else if (lower === "unique") marks.isUnique = true;
  else return requiredWords.has(lower) || lower === "pk" || lower === "fk";
  return true;
}

/** `status defaulting to todo`, `stock default 0`. */
function takeDefault({ words, marks }: { words: string[]; marks: Marks }): string[] {
  const index = words.findIndex((word, at) => at > 0 && /^(?:default|defaults|defaulting|defaulted)$/i.test(word));
  if (index === -1) return words;
  const value = words.slice(index + 1).find((word) => !/^(?:to|of|is|value|=|:)$/i.test(word));
  if (value !== undefined) marks.defaultValue = value;
  const before = words.slice(0, index);
  while (/^(?:with|which|that|and|by|a|an|the)$/i.test(before.at(-1) ?? "")) before.pop();
  return before;
}

/** `title - what has to be done`: the remark may still contain a type. */
function dropComment(words: string[]): string[] {
  const dash = words.findIndex((word, index) => index > 0 && /^[-–—]+$/.test(word));
  return dash === -1 ? words : words.slice(0, dash);
}

function rephrase({ words, marks }: { words: string[]; marks: Marks }): string[] {
  const lower = words.map((word) => word.toLowerCase());
  const rest = words.slice(2);
  const withoutArticle = determiners.has((rest[0] ?? "").toLowerCase()) ? rest.slice(1) : rest;
  const numberOf = lower.findIndex((word, index) => word === "number" && lower[index + 1] === "of");
  if (numberOf !== -1 && numberOf < lower.length - 2) {
    marks.type = "integer";
    return [...words.slice(0, numberOf), toSnakeCase(singularizeNoun(lower.slice(numberOf + 2).join(" "))), "count"];
  }
  const range = lower.findIndex(
    (word, index) =>
      index > 0 && /^(?:from|between|up|of)$/.test(word) && /^(?:\d|to$|at$)/.test(lower[index + 1] ?? ""),
  );
  if (range !== -1) {
    if (guessFieldType(toSnakeCase(words.slice(0, range).join(" "))) !== "decimal") marks.type ??= "integer";
    return words.slice(0, range);
  }
  if (
    (lower[0] === "list" || lower[0] === "array" || lower[0] === "set") &&
    lower[1] === "of" &&
    withoutArticle.length > 0
  ) {
    marks.isList = true;
    return withoutArticle;
  }
  if (lower[0] === "whether") {
    marks.type = "boolean";
    const verb = lower.findIndex((word) => /^(?:is|are|has|was)$/.test(word));
    return verb === -1 ? words.slice(1) : words.slice(verb);
  }
  const of = lower.indexOf("of");
  if (of > 0 && of < words.length - 1 && determiners.has(lower[of + 1] ?? "")) return words.slice(0, of);
  return words;
}

/** `integer priority`, `price decimal`, `status enum`, `completed flag`, `notes text`. */
function takeTypeWords({ words, marks }: { words: string[]; marks: Marks }): string[] {
  let rest = words;
  while (rest.length > 1 && trailingNouns.has((rest.at(-1) ?? "").toLowerCase())) rest = rest.slice(0, -1);
  if (rest.length > 2 && /(?:\bat (?:time|timestamp)|\bon date)$/i.test(rest.slice(-2).join(" ")))
    return rest.slice(0, -1);
  const last = (rest.at(-1) ?? "").toLowerCase();
  const first = (rest[0] ?? "").toLowerCase();
  if (rest.length > 1 && last === "enum") {
    marks.isEnum = true;
    return rest.slice(0, -1);
  }
  if (rest.length > 1 && last === "list") {
    marks.isList = true;
    return rest.slice(0, -1);
  }
  if (
    rest.length > 1 &&
    (isPlainTypeWord(last) || last === "flag" || (last === "text" && textNouns.has((rest.at(-2) ?? "").toLowerCase())))
  ) {
    marks.type ??= findTypeWord(last);
    return rest.slice(0, -1);
  }
  if (rest.length > 1 && (isPlainTypeWord(first) || first === "text")) {
    marks.type ??= findTypeWord(first);
    return rest.slice(1);
  }
  return rest;
}

/** The part after the colon in `price: decimal`, `status: todo/done`, `title: string = untitled`. */
function readType({ text, marks }: { text: string; marks: Marks }): void {
  const words = dropComment(` ${text}`.split(" ")).filter((word) => word !== "");
  const rest = takeDefault({
    words: ["", ...words.flatMap((word) => (takeFlag({ word, marks }) ? [] : [word]))],
    marks,
  }).slice(1);
  const equals = rest.indexOf("=");
  if (equals !== -1) marks.defaultValue = rest[equals + 1] ?? null;
  const named = (equals === -1 ? rest : rest.slice(0, equals)).filter(
    (word) => !determiners.has(word.toLowerCase()) && word !== ":",
  );
  readPart({ part: named.join(" "), marks, others: [] });
  const [only] = named;
  if (only === undefined || marks.type !== null || marks.values.length > 0 || marks.isEnum) return;
  if (named.length === 1 && /^[A-Z]/.test(only)) {
    marks.typeName = toPascalCase(singularizeNoun(only.replace(/[?[\]]/g, "")));
    marks.isList ||= only.endsWith("[]");
  } else if (named.length === 1) {
    const value = toSnakeCase(only);
    if (value !== "") marks.values = [value];
  }
}

/** The parentheses after a name: a type, flags, a default, or an enum's values. */
function readGroup({ group, marks }: { group: string; marks: Marks }): void {
  const others: string[] = [];
  const inner = group.replace(/^\s*(?:one of|either|values?|options?|enum|choices?)\b\s*:?\s*/i, () => {
    marks.isEnum = true;
    return "";
  });
  for (const part of inner.split(/,|\||\/|\bor\b|\band\b/)) readPart({ part: part.trim(), marks, others });
  if (others.length > 1 || (marks.isEnum && others.length === 1)) addValues({ texts: others, marks });
  else if (others[0] !== undefined && /^[A-Za-z]+$/.test(others[0]))
    marks.typeName ??= toPascalCase(singularizeNoun(others[0]));
}

function addValues({ texts, marks }: { texts: string[]; marks: Marks }): void {
  const values = texts.map(toSnakeCase).filter((value) => value !== "");
  marks.values = [...new Set([...marks.values, ...values])];
  if (values.length > 0) marks.isEnum = true;
}

function readPart({ part, marks, others }: { part: string; marks: Marks; others: string[] }): void {
  const lower = part.toLowerCase().replace(/^(?:an?|the)\s+/, "");
  if (lower === "" || /^(?:(?:max|min|maximum|minimum|up to|e\.?g|i\.?e|such as|like|length)\b|\d)/.test(lower)) return;
  const stated = /^default(?:s|ed|ing)?(?:\s+(?:to|is|of|value))?\s*[:=]?\s*(\S+)/i.exec(part);
  if (stated?.[1] !== undefined) {
    marks.defaultValue = stated[1].replace(/^["']|["']$/g, "");
    return;
  }
  if (lower === "unique") marks.isUnique = true;
  else if (optionalWords.has(lower)) marks.isOptional = true;
  else if (lower === "enum") marks.isEnum = true;
  else if (lower === "list" || lower === "array") marks.isList = true;
  else if (requiredWords.has(lower) || lower === "not null") return;
  else if (/^(?:primary key|pk|auto.?increment(?:ed)?)$/.test(lower)) return;
  else if (/[|/]/.test(lower)) addValues({ texts: lower.split(/[|/]/), marks });
  else {
    const isListType = lower.endsWith("[]") || /^(?:list|array) of /.test(lower);
    const type = findTypeWord(singularizeNoun(lower.replace(/^(?:list|array) of /, "").replace(/\[\]$/, "")));
    if (type === null) others.push(part);
    else {
      marks.type = type;
      marks.isList ||= isListType;
      if (lower.endsWith("?")) marks.isOptional = true;
    }
  }
}
