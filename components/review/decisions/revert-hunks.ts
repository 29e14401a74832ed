import type { Hunk } from "../../diff-surface/hunks/parse-hunks.ts";

/**
 * The new text with the old side of the chosen hunks; every other byte is the new text's. All hunks together give the
 * old text, none the new one.
 */
export function revertHunks({
  text,
  hunks,
  chosen,
}: {
  text: string;
  hunks: readonly Hunk[];
  chosen: ReadonlySet<number>;
}): string {
  const lines = text === "" ? [] : text.split(/(?<=\n)/);
  const pieces: string[] = [];
  let next = 0;
  for (const [index, hunk] of hunks.entries()) {
    if (!chosen.has(index)) continue;
    // A hunk without new lines is positioned after the line that it names.
    const start = hunk.newCount === 0 ? hunk.newStart : hunk.newStart - 1;
    pieces.push(...lines.slice(next, start), ...hunk.lines.filter(({ sign }) => sign !== "+").map((line) => line.text));
    next = start + hunk.newCount;
  }
  return [...pieces, ...lines.slice(next)].join("");
}
