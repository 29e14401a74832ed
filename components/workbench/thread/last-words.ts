/** What fits one line of a thread. */
const shownCharacters = 48;

/** The line that a text that still comes is at: its last one with a word in it, and of that the end. */
export function lastWords(end: string): string {
  const line =
    end
      .split("\n")
      .findLast((each) => /[\p{L}\p{N}]/u.test(each))
      ?.trim() ?? "";
  return line.length > shownCharacters ? `…${line.slice(1 - shownCharacters)}` : line;
}
