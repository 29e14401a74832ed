export type HeadedBlock = { firstLine: number; lastLine: number };

/**
 * The lines that stand under a chain of headings: each heading is a line of the block of the one before it, and its
 * block is what follows with deeper indentation. 0-based and inclusive; null where a heading is missing or stands there
 * twice.
 */
export function findHeadedBlock({
  lines,
  headings,
}: {
  lines: readonly string[];
  headings: readonly string[];
}): HeadedBlock | null {
  let block: HeadedBlock = { firstLine: 0, lastLine: lines.length - 1 };
  for (const heading of headings) {
    const wanted = heading.trim();
    const places: number[] = [];
    for (let index = block.firstLine; index <= block.lastLine; index += 1)
      if ((lines[index] ?? "").trim() === wanted) places.push(index);
    const [place] = places;
    if (place === undefined || places.length > 1) return null;
    block = { firstLine: place, lastLine: findBlockEnd({ lines, heading: place, limit: block.lastLine }) };
  }
  return block;
}

function findBlockEnd({ lines, heading, limit }: { lines: readonly string[]; heading: number; limit: number }): number {
  const depth = countIndent(lines[heading] ?? "");
  let last = heading;
  for (let index = heading + 1; index <= limit; index += 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "") continue;
    // A bracket that closes the block stands as deep as its heading and belongs to it.
    const closes = countIndent(line) === depth && /^\s*[)\]}]/.test(line);
    if (countIndent(line) <= depth && !closes) break;
    last = index;
  }
  return last;
}

/** Deeper is more characters: within one file that holds for tabs and for spaces. */
function countIndent(line: string): number {
  return line.length - line.trimStart().length;
}
