/**
 * The lines of a text, each with its line feed. The last has none if the text does not end with one. `""` has no lines.
 */
export function splitLines(text: string): string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  const terminated = lines.map((line) => `${line}\n`);
  return last === "" ? terminated : [...terminated, last];
}
