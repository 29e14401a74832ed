type HeadedBlock = { firstLine: number; lastLine: number };

/**
 * The lines under a chain of headings, 0-based and inclusive: each heading is a line within the block of the previous
 * one. Several results if a heading occurs several times, none if one is missing.
 */
export function findHeadedBlocks({
  lines,
  headings,
}: {
  lines: readonly string[];
  headings: readonly string[];
}): HeadedBlock[] {
  let blocks: HeadedBlock[] = [{ firstLine: 0, lastLine: lines.length - 1 }];
  for (const heading of headings) {
    blocks = blocks.flatMap(({ firstLine, lastLine }) =>
      findHeading({ lines, heading, firstLine, lastLine }).map((place) => ({
        firstLine: place,
        lastLine: findBlockEnd({ lines, heading: place, limit: lastLine }),
      })),
    );
  }
  return blocks;
}

/** Authors shorten headings: `class Order` for `class Order(Base):`, `def total():` for `def total(self):`. */
function findHeading({
  lines,
  heading,
  firstLine,
  lastLine,
}: HeadedBlock & { lines: readonly string[]; heading: string }): number[] {
  const wanted = heading.trim();
  const name = wanted.replace(/\(\s*\)\s*[:{]?$/, "");
  const isName = (text: string) => (line: string) => line.startsWith(text) && !/^\w/.test(line.slice(text.length));
  for (const fits of [(line: string) => line === wanted, isName(wanted), isName(name)]) {
    const places: number[] = [];
    for (let index = firstLine; index <= lastLine; index += 1)
      if (fits((lines[index] ?? "").trim())) places.push(index);
    if (places.length > 0) return places;
  }
  return [];
}

function findBlockEnd({ lines, heading, limit }: { lines: readonly string[]; heading: number; limit: number }): number {
  const depth = countIndent(lines[heading] ?? "");
  const level = countMarks(lines[heading] ?? "");
  const body = findBody({ lines, heading, limit });
  // Nothing below the heading is deeper, as in a document or a list: the end of its block is unknown.
  const isFlat = body !== null && countIndent(lines[body] ?? "") <= depth;
  const isBracketed = body !== null && /[({[]\s*$/.test(lines[body - 1] ?? "");
  let last = heading;
  for (let index = body ?? limit + 1; index <= limit; index += 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "") continue;
    if (isFlat && level > 0 && countMarks(line) > 0 && countMarks(line) <= level) break;
    const isShallow = !isFlat && countIndent(line) <= depth;
    const isClosing = isShallow && countIndent(line) === depth && /^\s*[)\]}]/.test(line);
    // Between brackets, text at column 0 is a directive, a label or a long string.
    if (isShallow && !isClosing && !isBracketed) break;
    last = index;
    if (isClosing && isBracketed && !/[({[:]\s*$/.test(line)) break;
  }
  return last;
}

/** The first line under a heading, after a bracket that opens the block on its own line. */
function findBody({
  lines,
  heading,
  limit,
}: {
  lines: readonly string[];
  heading: number;
  limit: number;
}): number | null {
  for (let index = heading + 1; index <= limit; index += 1) {
    const text = (lines[index] ?? "").trim();
    if (text !== "" && text !== "{") return index;
  }
  return null;
}

/** Deeper means more characters, which is correct for tabs or spaces within one file. */
function countIndent(line: string): number {
  return line.length - line.trimStart().length;
}

/** The level of a heading in a document; 0 for any other line. */
function countMarks(line: string): number {
  return /^(#{1,6}) /.exec(line)?.[1]?.length ?? 0;
}
