/**
 * Letters whose lower case depends on their place or is longer (`Σ`, `İ`), and lower-case letters that are the same
 * letter in another form (`ς`, `ſ`).
 */
const special = new Map([
  ["Σ", "σ"],
  ["ς", "σ"],
  ["İ", "i"],
  ["ſ", "s"],
]);

/** A text in one case, for comparing without case. Every UTF-16 offset stays the same. */
export function foldCase(text: string): string {
  return text.replace(/[Σςİſ]/g, (letter) => special.get(letter) ?? letter).toLowerCase();
}
