/** Fits one line of a thread. */
const shownCharacters = 48;

/** The current line of a streaming text: the end of its last line with a word. */
export function lastWords(end: string): string {
  const line =
    end
      .split("\n")
      .findLast((each) => /[\p{L}\p{N}]/u.test(each))
      ?.trim() ?? "";
  return line.length > shownCharacters ? `…${line.slice(1 - shownCharacters)}` : line;
}
