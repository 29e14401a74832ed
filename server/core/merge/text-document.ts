/**
 * A text by its lines, each with the line ending that its bytes have. Positions are in the text with all endings as
 * `\n`.
 */
export type TextDocument = {
  hasByteOrderMark: boolean;
  /** The text with `\n` alone, without byte order mark. */
  text: string;
  /** Line texts without their endings. The last is empty where the text ends with a line ending. */
  lines: string[];
  /** `\n`, `\r\n` or, for the last line, nothing. */
  endings: string[];
  /** Where each line begins in `text`. */
  starts: number[];
  /** What new lines end with. */
  majorityEnding: string;
};

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
    text: lines.join("\n"),
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

export function normalizeEndings(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
