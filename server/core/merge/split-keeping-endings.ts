/** The lines of a text, each with its ending; concatenated they are the text. */
export function splitKeepingEndings(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
