/** Shorter words differ by a letter and mean something else: `cat` and `cart`. */
const minLength = 5;

/**
 * True where a word is another one with two neighbouring letters swapped, or with one letter left out or doubled. A
 * letter that is another one makes another word (`date`, `rate`) and is no misspelling.
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
  if (word.length === of.length - 1) return word.slice(at) === of.slice(at + 1);
  return (
    word.length === of.length + 1 && word.charAt(at) === word.charAt(at - 1) && word.slice(at + 1) === of.slice(at)
  );
}
