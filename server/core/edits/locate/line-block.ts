/** A block as whole lines without endings. An empty `replace` deletes the lines. */
export type LineBlock = { search: string[]; replace: string[] };

/** Ignores at most one final line ending, and only if both sides have it: on a single side it is a change. */
export function toLineBlock({ oldText, newText }: { oldText: string; newText: string }): LineBlock {
  const isTerminated = oldText.endsWith("\n") && (newText === "" || newText.endsWith("\n"));
  const split = (text: string) => (isTerminated && text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  return { search: split(oldText), replace: newText === "" ? [] : split(newText) };
}
