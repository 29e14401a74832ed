/** A file name that is being typed behind an `@`: where the `@` is, and what stands behind it up to the cursor. */
export type Mention = { start: number; query: string };

/** Null where the cursor is in no such name. An `@` within a word, as of an address, begins none. */
export function findMention({ text, cursor }: { text: string; cursor: number }): Mention | null {
  const match = /(?:^|[\s("'`,])@([\w./\-[\]()@+]*)$/.exec(text.slice(0, cursor));
  return match === null ? null : { start: cursor - (match[1]?.length ?? 0) - 1, query: match[1] ?? "" };
}

/** The text with the path in place of what was typed, and where the cursor goes. */
export function completeMention({ text, mention, path }: { text: string; mention: Mention; path: string }): {
  text: string;
  cursor: number;
} {
  const before = `${text.slice(0, mention.start)}@${path}`;
  const after = text.slice(mention.start + 1 + mention.query.length);
  const space = /^\s/.test(after) ? "" : " ";
  return { text: `${before}${space}${after}`, cursor: before.length + 1 };
}
