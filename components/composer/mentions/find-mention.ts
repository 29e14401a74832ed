/** A file name being typed after an `@`: the position of the `@`, and the text from there to the cursor. */
export type Mention = { start: number; query: string };

/** Null if the cursor is not in such a name. An `@` within a word, as in an address, does not start one. */
export function findMention({ text, cursor }: { text: string; cursor: number }): Mention | null {
  const match = /(?:^|[\s("'`,])@([\w./\-[\]()@+]*)$/.exec(text.slice(0, cursor));
  return match === null ? null : { start: cursor - (match[1]?.length ?? 0) - 1, query: match[1] ?? "" };
}

/** The text with the path inserted, and the new cursor position. */
export function completeMention({ text, mention, path }: { text: string; mention: Mention; path: string }): {
  text: string;
  cursor: number;
} {
  const before = `${text.slice(0, mention.start)}@${path}`;
  const after = text.slice(mention.start + 1 + mention.query.length);
  const space = /^\s/.test(after) ? "" : " ";
  return { text: `${before}${space}${after}`, cursor: before.length + 1 };
}
