/**
 * The line separator with which an editor preserves a text byte for byte: CRLF only if every line ends with it. In a
 * mixed text, a carriage return is a character of its line.
 */
export function findLineSeparator(text: string): "\n" | "\r\n" {
  return text.includes("\r\n") && !/(?<!\r)\n/.test(text) ? "\r\n" : "\n";
}
