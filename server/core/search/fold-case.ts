/**
 * Letters whose lower case depends on context or is longer (`Σ`, `İ`), and lower-case variants of the same letter (`ς`,
 * `ſ`).
 */
const special = new Map([
  ["Σ", "σ"],
  ["ς", "σ"],
  ["İ", "i"],
  ["ſ", "s"],
]);

/** A text in one case, for case-insensitive comparison. All UTF-16 offsets stay the same. */
export function foldCase(text: string): string {
  return text.replace(/[Σςİſ]/g, (letter) => special.get(letter) ?? letter).toLowerCase();
}
