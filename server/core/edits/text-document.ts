/**
 * A text by lines, each with its original line ending. Positions refer to the text with all endings as `\n`. A line
 * ending terminates its line; nothing follows the last one.
 */
export type TextDocument = {
  hasByteOrderMark: boolean;
  /** The text with `\n` endings and without a byte order mark. */
  text: string;
  /** Line texts without their endings. */
  lines: string[];
  /** `\n`, `\r\n`, or empty for a last line without an ending. */
  endings: string[];
  /** The start of each line in `text`. */
  starts: number[];
  /** The ending of new lines. */
  majorityEnding: string;
};

/** Replaces positions `start` to `end` of a text by `text`, whose lines end with `\n`. */
export type Splice = { start: number; end: number; text: string };

export function openTextDocument(source: string): TextDocument {
  const hasByteOrderMark = source.startsWith("\uFEFF");
  const parts = (hasByteOrderMark ? source.slice(1) : source).split("\n");
  const lines: string[] = [];
  const endings: string[] = [];
  const starts: number[] = [];
  let position = 0;
  let carriageReturns = 0;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (isLast && part === "") break;
    const isCarriageReturn = !isLast && part.endsWith("\r");
    const line = isCarriageReturn ? part.slice(0, -1) : part;
    if (isCarriageReturn) carriageReturns += 1;
    lines.push(line);
    endings.push(isLast ? "" : isCarriageReturn ? "\r\n" : "\n");
    starts.push(position);
    position += line.length + 1;
  }
  return {
    hasByteOrderMark,
    text: lines.map((line, index) => (endings[index] === "" ? line : `${line}\n`)).join(""),
    lines,
    endings,
    starts,
    majorityEnding: carriageReturns * 2 > parts.length - 1 ? "\r\n" : "\n",
  };
}

/** The index of the line that holds `position`. */
export function lineAt(document: TextDocument, position: number): number {
  let low = 0;
  let high = document.starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((document.starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The start of a line; the end of the text for the index after the last line. */
export function lineStart({ starts, text }: TextDocument, line: number): number {
  return starts[line] ?? text.length;
}

/** The end of a line, before its line ending. */
export function lineEnd({ starts, lines }: TextDocument, line: number): number {
  return (starts[line] ?? 0) + (lines[line]?.length ?? 0);
}

/**
 * Applies splices to the text. Everything else keeps its bytes, including line endings; new lines get the most frequent
 * ending.
 *
 * @param splices in any order, not overlapping; of two at one position the first given comes first
 */
export function applySplices({ document, splices }: { document: TextDocument; splices: readonly Splice[] }): string {
  const pieces: string[] = document.hasByteOrderMark ? ["\uFEFF"] : [];
  let position = 0;
  for (const { start, end, text } of splices.toSorted((a, b) => a.start - b.start)) {
    pieces.push(copyRange({ document, start: position, end: start }), text.replaceAll("\n", document.majorityEnding));
    position = end;
  }
  pieces.push(copyRange({ document, start: position, end: document.text.length }));
  return pieces.join("");
}

function copyRange({ document, start, end }: { document: TextDocument; start: number; end: number }): string {
  const slice = document.text.slice(start, end);
  if (!slice.includes("\n")) return slice;
  const firstLine = lineAt(document, start);
  return slice
    .split("\n")
    .map((part, index, parts) =>
      index === parts.length - 1 ? part : part + (document.endings[firstLine + index] ?? ""),
    )
    .join("");
}

export function normalizeEndings(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
