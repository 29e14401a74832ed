/** One line that opens or closes a fence. */
export type FenceLine = {
  /** White space before the fence, as written. */
  indent: string;
  /** Columns of that white space, with tabs of four; a list marker before the fence counts with it. */
  columns: number;
  mark: "`" | "~";
  length: number;
  info: string;
  /** The fence follows a list marker on its line, so that it opens and cannot close. */
  isListItem: boolean;
};

const pattern = /^([ \t]*)((?:[-+]|\d{1,3}[.)])[ \t]+)?(`{3,}|~{3,})(.*)$/;

/** Reads a line as CommonMark does: the info string of a fence of back ticks holds no back tick. */
export function readFenceLine(line: string): FenceLine | null {
  if (!line.includes("```") && !line.includes("~~~")) return null;
  const match = pattern.exec(line);
  if (match === null) return null;
  const [, indent = "", marker = "", ticks = "", info = ""] = match;
  const mark = ticks.startsWith("~") ? "~" : "`";
  if (mark === "`" && info.includes("`")) return null;
  const isListItem = marker !== "";
  return {
    indent,
    columns: countColumns(indent) + marker.length,
    mark,
    length: ticks.length,
    info: info.trim(),
    isListItem,
  };
}

function countColumns(indent: string): number {
  let columns = 0;
  for (const character of indent) columns += character === "\t" ? 4 - (columns % 4) : 1;
  return columns;
}
