import { compareLines } from "../../diff/compare-lines.ts";
import { lineEnd, lineStart, type Splice, type TextDocument } from "../text-document.ts";

/**
 * The splices that turn lines of the file into `replace`: a small three-way merge, in which shared lines of the block
 * keep the file's bytes.
 */
export function spliceLines({
  document,
  firstLine,
  search,
  replace,
}: {
  document: TextDocument;
  firstLine: number;
  search: string[];
  replace: string[];
}): Splice[] {
  const { removed, added } = compareLines({ before: search, after: replace });
  const splices: Splice[] = [];
  const lastLine = firstLine + search.length - 1;
  for (let from = 0, to = 0; from < search.length || to < replace.length;) {
    if (removed[from] !== 1 && added[to] !== 1) {
      from += 1;
      to += 1;
      continue;
    }
    const line = firstLine + from;
    const lines: string[] = [];
    let count = 0;
    for (; removed[from] === 1; from += 1) count += 1;
    for (; added[to] === 1; to += 1) lines.push(replace[to] ?? "");
    splices.push(spliceRun({ document, line, count, lines, lastLine }));
  }
  return splices;
}

/** Replaces `count` lines from `line` by `lines`. */
function spliceRun({
  document,
  line,
  count,
  lines,
  lastLine,
}: {
  document: TextDocument;
  line: number;
  count: number;
  lines: string[];
  lastLine: number;
}): Splice {
  const start = lineStart(document, line);
  if (count > 0 && lines.length > 0) return { start, end: lineEnd(document, line + count - 1), text: lines.join("\n") };
  if (lines.length > 0 && line <= lastLine)
    return { start, end: start, text: lines.map((each) => `${each}\n`).join("") };
  if (lines.length > 0) {
    const end = lineEnd(document, lastLine);
    return { start: end, end, text: lines.map((each) => `\n${each}`).join("") };
  }
  const next = line + count;
  // A new last line without an ending removes that of the line above it.
  return next < document.lines.length || document.endings[next - 1] !== ""
    ? { start, end: lineStart(document, next), text: "" }
    : { start: lineEnd(document, line - 1), end: document.text.length, text: "" };
}
