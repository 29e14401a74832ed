/** Lines of a file. 1-based and inclusive. */
export type FileLines = { first: number; last: number };

/** `12` or `12-20`, as an address has them; null where the text names no lines. */
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

/** Lines that reach no further than the file does: a link may be from a version that had more. */
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

/** The lines between where a choice began and another line, whichever comes first. */
export function spanLines({ from, to }: { from: number; to: number }): FileLines {
  return { first: Math.min(from, to), last: Math.max(from, to) };
}

/** Which end of a choice moves: the one at which it did not begin. */
export function findMovingEnd({ lines: { first, last }, from }: { lines: FileLines; from: number }): number {
  return from === last ? first : last;
}

/** How many lines a reader sees: what stands behind the last line's end is none. */
export function countLines(text: string): number {
  const parts = text.split("\n").length;
  return text.endsWith("\n") ? parts - 1 : parts;
}
