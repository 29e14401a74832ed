/**
 * What an editor must split and join lines with so that a text comes back byte for byte: CRLF only where every line
 * ends with it. A carriage return of a mixed text then is a character of its line.
 */
export function findLineSeparator(text: string): "\n" | "\r\n" {
  return text.includes("\r\n") && !/(?<!\r)\n/.test(text) ? "\r\n" : "\n";
}
