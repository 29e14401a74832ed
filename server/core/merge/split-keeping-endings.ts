/** The lines of a text, each with its ending; together they are the text. */
export function splitKeepingEndings(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
