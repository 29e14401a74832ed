/** Shorter words that differ by a letter are different words: `cat` and `cart`. */
const minLength = 5;

/** Three consonants in a row, which are rare in English words. */
const cluster = /[bcdfghjklmnpqrstvwxz]{3}/;

/**
 * True if a word is another one with two adjacent letters swapped (`usres`), or without a vowel so that it is hardly
 * pronounceable (`expnse`). Any other difference makes another word: `date` and `rate`, `move` and `movie`.
 */
export function isMisspelling({ word, of }: { word: string; of: string }): boolean {
  if (of.length < minLength || word === of || word.charAt(0) !== of.charAt(0)) return false;
  let at = 0;
  while (at < word.length && word.charAt(at) === of.charAt(at)) at += 1;
  if (word.length === of.length)
    return (
      word.charAt(at) === of.charAt(at + 1) &&
      word.charAt(at + 1) === of.charAt(at) &&
      word.slice(at + 2) === of.slice(at + 2)
    );
  const isVowelMissing = word.slice(at) === of.slice(at + 1) && /[aeiou]/.test(of.charAt(at));
  return isVowelMissing && cluster.test(word.slice(Math.max(0, at - 2), at + 2)) && !cluster.test(of);
}
