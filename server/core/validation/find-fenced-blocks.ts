/** A line of three or more backticks or tildes, which opens or closes a Markdown code block. */
const fenceLine = /^\s{0,12}(?:>\s?)?(`{3,}|~{3,})(.*)$/;

/**
 * The code blocks of a Markdown text as 0-based line ranges, including fences; `isClosed` is false if one extends to
 * the end.
 */
export function findFencedBlocks(lines: readonly string[]): { start: number; end: number; isClosed: boolean }[] {
  const blocks: { start: number; end: number; isClosed: boolean }[] = [];
  let open: { start: number; fence: string } | null = null;
  for (const [index, line] of lines.entries()) {
    const [, fence, rest = ""] = fenceLine.exec(line) ?? [];
    if (fence === undefined) continue;
    if (open === null) {
      // With backticks after the marker, it is inline code.
      if (!rest.includes("`")) open = { start: index, fence };
    } else if (fence.startsWith(open.fence) && rest.trim() === "") {
      blocks.push({ start: open.start, end: index + 1, isClosed: true });
      open = null;
    }
  }
  if (open !== null) blocks.push({ start: open.start, end: lines.length, isClosed: false });
  return blocks;
}
