/** Lines of a file, 1-based and inclusive. */
export type FileLines = { first: number; last: number };

/** Parses `12` or `12-20` from an address; null if the text names no lines. */
export function parseFileLines(text: string | null): FileLines | null {
  const match = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(text ?? "");
  if (match === null) return null;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first < 1 || last < first ? null : { first, last };
}

export function formatFileLines({ first, last }: FileLines): string {
  return first === last ? `${first}` : `${first}-${last}`;
}

/** Clamps lines to the file's length, because a link may come from a longer version. */
export function clampFileLines({
  lines: { first, last },
  lineCount,
}: {
  lines: FileLines;
  lineCount: number;
}): FileLines {
  const end = Math.max(lineCount, 1);
  return { first: Math.min(first, end), last: Math.min(last, end) };
}

/** The lines from the start of a selection to another line, in either order. */
export function spanLines({ from, to }: { from: number; to: number }): FileLines {
  return { first: Math.min(from, to), last: Math.max(from, to) };
}

/** The end of a selection that moves: the one opposite its start. */
export function findMovingEnd({ lines: { first, last }, from }: { lines: FileLines; from: number }): number {
  return from === last ? first : last;
}

/** The number of lines that a reader sees: nothing follows the last line ending. */
export function countLines(text: string): number {
  const parts = text.split("\n").length;
  return text.endsWith("\n") ? parts - 1 : parts;
}
