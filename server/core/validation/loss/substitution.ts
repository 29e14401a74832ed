import { pluralizeNoun, singularizeNoun } from "../../schema-extraction/inflect-noun.ts";

/** One or several words that replace others, in every spelling used in code. */
export type Substitution = { from: readonly string[]; to: readonly string[]; apply: (text: string) => string };

/** The lower-case words of a name: `readItemsById`, `read_items`, `ITEM-ID`. */
export function splitWords(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const styles: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join("_"),
  (words) => words.join("-"),
  (words) => words.map((word, index) => (index === 0 ? word : capitalize(word))).join(""),
  (words) => words.map(capitalize).join(""),
  (words) => words.map((word) => word.toUpperCase()).join("_"),
  (words) => words.join(" "),
  (words) => words.map(capitalize).join(" "),
  (words) => words.join(""),
];

function inflectLast(words: readonly string[], inflect: (noun: string) => string): string[] {
  return words.map((word, index) => (index === words.length - 1 ? inflect(word) : word));
}

/** `item` by `note` also replaces `Items` by `Notes`, `ITEM` by `NOTE`, `item_id` by `note_id`; never within a word. */
export function buildSubstitution({ from, to }: { from: readonly string[]; to: readonly string[] }): Substitution {
  const spellings = new Map<string, string>();
  for (const inflect of [singularizeNoun, pluralizeNoun])
    for (const style of styles) {
      const old = style(inflectLast(from, inflect));
      if (!spellings.has(old)) spellings.set(old, style(inflectLast(to, inflect)));
    }
  const alternatives = [...spellings.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((spelling) => spelling.replace(/[^\p{L}\d]/gu, "\\$&"));
  const pattern = new RegExp(alternatives.join("|"), "g");
  return {
    from,
    to,
    apply: (text) =>
      text.replace(pattern, (found: string, ...rest: unknown[]) => {
        const offset = rest.find((each) => typeof each === "number") ?? 0;
        return isWholeWord({ text, start: offset, end: offset + found.length })
          ? (spellings.get(found) ?? found)
          : found;
      }),
  };
}

/** True if the piece is not part of a longer word: `item` in `item_id` and `Item` in `readItem`, not in `items`. */
function isWholeWord({ text, start, end }: { text: string; start: number; end: number }): boolean {
  const [before = "", first = "", last = "", after = ""] = [
    text.charAt(start - 1),
    text.charAt(start),
    text.charAt(end - 1),
    text.charAt(end),
  ];
  const isLower = (letter: string) => /\p{Ll}/u.test(letter);
  const isUpper = (letter: string) => /\p{Lu}/u.test(letter);
  const opens = isUpper(first) ? !isUpper(before) : !isLower(before) && !isUpper(before);
  const closes = isUpper(last) ? !isUpper(after) && !isLower(after) : !isLower(after);
  return opens && closes;
}

/**
 * The substitution that turns one name into the other if the rest of both is equal: item by note for `read_items` and
 * `read_notes`. Null if nothing remains of one of them, or if the names are equal.
 */
export function compareNames({ from, to }: { from: string; to: string }): { from: string[]; to: string[] } | null {
  const [old, next] = [splitWords(from), splitWords(to)];
  let start = 0;
  while (start < Math.min(old.length, next.length) - 1 && old[start] === next[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(old.length, next.length) - start - 1 &&
    old[old.length - 1 - end] === next[next.length - 1 - end]
  )
    end += 1;
  const oldPart = inflectLast(old.slice(start, old.length - end), singularizeNoun);
  const nextPart = inflectLast(next.slice(start, next.length - end), singularizeNoun);
  const isNothing = oldPart.length === 0 || nextPart.length === 0 || oldPart.join() === nextPart.join();
  return isNothing || oldPart.length > 3 || nextPart.length > 3 ? null : { from: oldPart, to: nextPart };
}
