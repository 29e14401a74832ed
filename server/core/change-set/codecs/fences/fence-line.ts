/** A line that opens or closes a fence. */
export type FenceLine = {
  /** White space before the fence, as written. */
  indent: string;
  /** The width of that white space in columns, with tabs of four; includes a list marker before the fence. */
  columns: number;
  mark: "`" | "~";
  length: number;
  info: string;
  /** The fence follows a list marker on its line, so it can open but not close. */
  isListItem: boolean;
};

const pattern = /^([ \t]*)((?:[-+]|\d{1,3}[.)])[ \t]+)?(`{3,}|~{3,})(.*)$/;

/** Parses a line by CommonMark: the info string of a backtick fence contains no backtick. */
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
