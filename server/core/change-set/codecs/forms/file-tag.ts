/**
 * The form in which models are shown files, and in which they may send them back: the one place that knows it, for the
 * prompts that print it and for the reader of answers.
 */
const openTag =
  /^\s*<file\s+(?:[\w-]+=(?:"[^"]*"|'[^']*')\s+)*?(?:path|name|filename)=(?:"([^"]+)"|'([^']+)')[^>]*>\s*$/i;
const closeTag = /^\s*<\/file>\s*$/i;

/** A file between tags. */
export function printFileTag({ path, text }: { path: string; text: string }): string {
  return `<file path="${path}">\n${text}${text === "" || text.endsWith("\n") ? "" : "\n"}</file>`;
}

/** The path of a line that opens a file; null for any other line. */
export function readFileTag(line: string): string | null {
  const match = openTag.exec(line);
  return match?.[1] ?? match?.[2] ?? null;
}

export type FileTagEnd = { status: "closed"; end: number } | { status: "ambiguous" | "open"; end: number };

/**
 * Finds the line that closes the tag in line `index`. The text of a file may hold such lines itself: where the tags
 * from here on do not simply follow each other, the end is not known.
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
