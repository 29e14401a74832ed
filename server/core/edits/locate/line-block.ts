/** A block as whole lines without their endings. An empty `replace` deletes the lines. */
export type LineBlock = { search: string[]; replace: string[] };

/** At most one final line ending is left away, and only from both sides alike: one on a single side is a change. */
export function toLineBlock({ oldText, newText }: { oldText: string; newText: string }): LineBlock {
  const isTerminated = oldText.endsWith("\n") && (newText === "" || newText.endsWith("\n"));
  const split = (text: string) => (isTerminated && text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  return { search: split(oldText), replace: newText === "" ? [] : split(newText) };
}
