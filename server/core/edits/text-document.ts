/**
 * A text by its lines, each with the line ending that its bytes have. Positions are in the text with all endings as
 * `\n`. A line ending ends its line: nothing follows the last one.
 */
export type TextDocument = {
  hasByteOrderMark: boolean;
  /** The text with `\n` alone, without byte order mark. */
  text: string;
  /** Line texts without their endings. */
  lines: string[];
  /** `\n`, `\r\n` or, for a last line without one, nothing. */
  endings: string[];
  /** Where each line begins in `text`. */
  starts: number[];
  /** What new lines end with. */
  majorityEnding: string;
};

/** Positions `start` to `end` of a text are to read `text`, whose lines end with `\n`. */
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

/** Where a line begins; the end of the text for the index after the last line. */
export function lineStart({ starts, text }: TextDocument, line: number): number {
  return starts[line] ?? text.length;
}

/** Where a line ends, in front of its line ending. */
export function lineEnd({ starts, lines }: TextDocument, line: number): number {
  return (starts[line] ?? 0) + (lines[line]?.length ?? 0);
}

/**
 * The text with its splices. What no splice covers keeps its bytes, line endings included; new lines end as most lines
 * of the text do.
 *
 * @param splices in any order; they do not overlap, and of two at one position the first given comes first
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
