import { isPluralNoun } from "../inflect-noun.ts";
import { guessFieldType } from "./guess-field-type.ts";
import { toSnakeCase } from "./name-case.ts";
import { splitItems, tokenize, type PromptToken } from "./split-prompt.ts";

const articles = /^(?:a|an|the|their|its|his|her|each|every|some|any|many|multiple|several|optional|unique)$/;

/** Nouns that are plain fields and almost never entities. */
const plainFieldNouns: ReadonlySet<string> = new Set(
  "name title status type label code slug color colour location address phone kind gender currency".split(" "),
);

/** True for words that begin a noun phrase, so no enum value follows. */
export function isArticle(word: string | undefined): boolean {
  return word !== undefined && articles.test(word);
}

/** The lower-case words of tokens, with an empty string for a group, so that indexes match. */
export function lowerWords(tokens: readonly PromptToken[]): string[] {
  return tokens.map((token) => (token.kind === "word" ? token.text.toLowerCase() : ""));
}

export function startsPlural(tokens: readonly PromptToken[]): boolean {
  const words = lowerWords(tokens).filter((word) => word !== "");
  return !isArticle(words[0]) && isPluralNoun(words.at(-1) ?? "");
}

/** The field name for a noun phrase. */
export function toPhraseName(tokens: readonly PromptToken[]): string {
  return toSnakeCase(
    lowerWords(tokens)
      .filter((word) => !isArticle(word))
      .join(" "),
  );
}

/** True for names that look like a plain field: `title`, `due_date`, but not `doctor`. */
export function isFieldLike(name: string): boolean {
  return guessFieldType(name) !== "string" || plainFieldNouns.has(name.split("_").at(-1) ?? "");
}

/** True for `orders (customer, total)`, false for `sizes (small, large)`. */
export function holdsFields(tokens: readonly PromptToken[]): boolean {
  const group = tokens.find((token) => token.kind === "group");
  if (group === undefined) return false;
  return (
    group.text.includes(":") || splitItems(tokenize(group.text)).some((item) => isFieldLike(toPhraseName(item.tokens)))
  );
}

/** `tables: number, seats` lists fields, `Tables: users, posts` lists entities. */
export function listsFields(rest: string): boolean {
  const names = rest
    .replace(/\([^)]*\)/g, "")
    .split(/[,;]/)
    .map((part) => toSnakeCase(part.replace(/:.*$/s, "")))
    .filter((name) => name !== "");
  return names.length > 1 && names.filter(isFieldLike).length * 2 >= names.length;
}
