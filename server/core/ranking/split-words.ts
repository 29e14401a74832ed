import { stemmer } from "stemmer";

/** Words that do not distinguish files: they are in nearly every prompt. */
const stopWords = new Set(
  (
    "a an and are as at be been but by can do does for from get had has have how i if in into is it its me more my no not of on or our " +
    "s should so t than that the their them then there these they this to up us was we were what when where which who will with would you your " +
    "please want need make let lets now also just using use used"
  ).split(" "),
);

const minWordLength = 2;
const maxWordLength = 40;
const maxRememberedStems = 50_000;

let stems = new Map<string, string>();

/**
 * The words of a text as stems, in order: identifiers are split at case changes, digits and underscores (`getUserById`
 * gives get, user, by, id), and endings are removed by Porter's algorithm. Stop words are omitted.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const [part] of text.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
    for (const piece of splitCase(part)) {
      const word = toStem(piece);
      if (word !== null) words.push(word);
    }
  }
  return words;
}

/**
 * `HTMLParser` gives HTML and Parser. Most words have only one case and skip this split, which would take most of the
 * time.
 */
function splitCase(part: string): string[] {
  return /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u.test(part)
    ? [part]
    : (part.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}]+/gu) ?? []);
}

function toStem(piece: string): string | null {
  const known = stems.get(piece);
  if (known !== undefined) return known === "" ? null : known;
  const word = piece.toLowerCase();
  const stem = word.length < minWordLength || word.length > maxWordLength || stopWords.has(word) ? "" : stemmer(word);
  if (stems.size > maxRememberedStems) stems = new Map();
  stems.set(piece, stem);
  return stem === "" ? null : stem;
}
