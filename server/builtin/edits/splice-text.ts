/** Replaces `start` to `end` of a text. */
export function spliceText({
  text,
  start,
  end,
  insert,
}: {
  text: string;
  start: number;
  end: number;
  insert: string;
}): string {
  return text.slice(0, start) + insert + text.slice(end);
}

/** Inserts whole lines after the line that contains `offset`. `lines` has no trailing newline. */
export function insertLinesAfter({ text, offset, lines }: { text: string; offset: number; lines: string }): string {
  const lineEnd = text.indexOf("\n", offset);
  return lineEnd === -1
    ? `${text}\n${lines}\n`
    : spliceText({ text, start: lineEnd, end: lineEnd, insert: `\n${lines}` });
}

/** Inserts whole lines before the line that contains `offset`. `lines` has no trailing newline. */
export function insertLinesBefore({ text, offset, lines }: { text: string; offset: number; lines: string }): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return spliceText({ text, start: lineStart, end: lineStart, insert: `${lines}\n` });
}

/** Removes the whole lines that a span touches. */
export function removeLines({ text, start, end }: { text: string; start: number; end: number }): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  return text.slice(0, lineStart) + (lineEnd === -1 ? "" : text.slice(lineEnd + 1));
}
