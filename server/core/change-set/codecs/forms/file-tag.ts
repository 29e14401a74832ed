/**
 * The format in which models are shown files and may send them back. Used by the prompts that print it and by the
 * reader of answers.
 */
const openTag =
  /^\s*<file\s+(?:[\w-]+=(?:"[^"]*"|'[^']*')\s+)*?(?:path|name|filename)=(?:"([^"]+)"|'([^']+)')[^>]*>\s*$/i;
const partTag = /^\s*<file-part\s+path=(?:"([^"]+)"|'([^']+)')[^>]*>\s*$/i;
const partCloseTag = /^\s*<\/file-part>\s*$/i;
const partLine = /^\s*\[lines \d+ to \d+ of \d+\]\s*$/;
const closeTag = /^\s*<\/file>\s*$/i;

/** A whole file between tags. */
export function printFileTag({ path, text }: { path: string; text: string }): string {
  return `<file path="${path}">\n${text}${text === "" || text.endsWith("\n") ? "" : "\n"}</file>`;
}

/** Parts of a long file between tags, each under a line with its line range. */
export function printFilePart({
  path,
  lineCount,
  parts,
}: {
  path: string;
  lineCount: number;
  parts: readonly { firstLine: number; lastLine: number; text: string }[];
}): string {
  const shown = parts.map(
    ({ firstLine, lastLine, text }) => `[lines ${firstLine} to ${lastLine} of ${lineCount}]\n${text}`,
  );
  return `<file-part path="${path}">\n${shown.join("\n")}\n</file-part>`;
}

/** The path in a line that opens parts of a file, which are never a whole file's text; null for any other line. */
export function readFilePartTag(line: string): string | null {
  const match = partTag.exec(line);
  return match?.[1] ?? match?.[2] ?? null;
}

/** Whether a text contains the markers of shown file parts. */
export function hasFilePartMarks(body: readonly string[]): boolean {
  const first = body.find((line) => line.trim() !== "") ?? "";
  return readFilePartTag(first) !== null || body.some((line) => partLine.test(line));
}

/** The line that closes parts of a file; null if the next file begins before one does. */
export function findFilePartEnd({ lines, index }: { lines: readonly string[]; index: number }): number | null {
  for (let cursor = index + 1; cursor < lines.length; cursor += 1) {
    const line = lines[cursor] ?? "";
    if (partCloseTag.test(line)) return cursor;
    if (readFilePartTag(line) !== null || readFileTag(line) !== null) return null;
  }
  return null;
}

/** The path in a line that opens a file; null for any other line. */
export function readFileTag(line: string): string | null {
  const match = openTag.exec(line);
  return match?.[1] ?? match?.[2] ?? null;
}

type FileTagEnd = { status: "closed"; end: number } | { status: "ambiguous" | "open"; end: number };

/**
 * Finds the line that closes the tag on line `index`. A file's text can contain such lines itself: unless the following
 * tags simply alternate, the end is unknown.
 */
export function findFileTagEnd({ lines, index }: { lines: readonly string[]; index: number }): FileTagEnd {
  let first = -1;
  for (let cursor = index + 1; cursor < lines.length; cursor += 1) {
    const line = lines[cursor] ?? "";
    if (closeTag.test(line)) {
      if (first !== -1) return { status: "ambiguous", end: cursor };
      first = cursor;
    } else if (readFileTag(line) !== null) {
      if (first === -1) return { status: "ambiguous", end: findLastClose({ lines, index: cursor }) };
      break;
    }
  }
  return first === -1 ? { status: "open", end: lines.length } : { status: "closed", end: first };
}

function findLastClose({ lines, index }: { lines: readonly string[]; index: number }): number {
  const last = lines.findLastIndex((line) => closeTag.test(line));
  return last > index ? last : lines.length;
}
