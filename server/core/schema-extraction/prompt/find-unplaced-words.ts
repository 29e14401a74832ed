import { singularizeNoun } from "../inflect-noun.ts";
import { isMisspelling } from "./is-misspelling.ts";
import { neutralWords } from "./neutral-words.ts";

/**
 * The words of a text that are neither neutral nor among the placed ones, where singular, plural and typing errors
 * match. Numbers count as words, because `max 200` has a meaning.
 *
 * @param placed in lower case
 */
export function findUnplacedWords({ text, placed }: { text: string; placed: ReadonlySet<string> }): string[] {
  const tokens = text.replace(/['’]s?\b/gu, "").match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  return tokens
    .filter((token) => !neutralWords.has(token.toLowerCase()))
    .flatMap(toWords)
    .filter((word) => !isAccounted({ word, placed }));
}

/** Neutral words that are often a whole field name: `a start date`, `a name`. */
const fieldWords: ReadonlySet<string> = new Set(
  "date description detail details email name names number open start text time type url value values".split(" "),
);

/** Whether nothing of a list item is placed. */
export function isUnplaced({ item, placed }: { item: string; placed: ReadonlySet<string> }): boolean {
  if (findUnplacedWords({ text: item, placed }).length > 0) return true;
  const words = toWords(item);
  return (
    words.some((word) => fieldWords.has(word)) &&
    !words.some((word) => placed.has(word) || placed.has(singularizeNoun(word)))
  );
}

/** The words of names in any spelling: `dueDate`, `due_date`. */
export function toWords(text: string): string[] {
  return (
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function isAccounted({ word, placed }: { word: string; placed: ReadonlySet<string> }): boolean {
  const singular = singularizeNoun(word);
  return (
    neutralWords.has(word) ||
    placed.has(word) ||
    placed.has(singular) ||
    [...placed].some((of) => isMisspelling({ word, of }) || isMisspelling({ word: singular, of }))
  );
}
