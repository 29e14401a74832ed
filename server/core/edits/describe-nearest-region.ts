const contextLines = 3;
const maxShownLines = 60;

/**
 * The part of a file that shares the most lines with a block, numbered, with tabs and trailing spaces visible. It only
 * shows a model where to look; no edit is applied there.
 */
export function describeNearestRegion({
  lines,
  search,
}: {
  lines: readonly string[];
  search: readonly string[];
}): string {
  const places = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const key = line.trim();
    if (key !== "") places.set(key, [...(places.get(key) ?? []), index].slice(0, 50));
  }
  const votes = new Map<number, number>();
  for (const [offset, line] of search.entries()) {
    for (const place of places.get(line.trim()) ?? []) votes.set(place - offset, (votes.get(place - offset) ?? 0) + 1);
  }
  const best = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
  const first = Math.max(0, best - contextLines);
  const last = Math.min(lines.length, Math.max(best, 0) + Math.min(search.length, maxShownLines) + contextLines);
  return lines
    .slice(first, last)
    .map((line, index) => `${String(first + index + 1).padStart(5)}| ${showWhitespace(line)}`)
    .join("\n");
}

function showWhitespace(line: string): string {
  return line.replaceAll("\t", "→").replace(/ +$/, (spaces) => "·".repeat(spaces.length));
}
