import type { LineBlock } from "./line-block.ts";

const gutter = /^\s*(\d+)\s*(?:\||:|→|\t)\s?/;

/**
 * The block without line numbers that a model copied from a listing: every line of both sides has one, and those of the
 * old text are consecutive. Null if nothing else differs: then the numbers are the change.
 */
export function stripGutter({ search, replace }: LineBlock): LineBlock | null {
  if (![...search, ...replace].every((line) => gutter.test(line))) return null;
  const numbers = search.map((line) => Number(gutter.exec(line)?.[1]));
  if (!numbers.every((number, index) => number === (numbers[0] ?? 0) + index)) return null;
  const strip = (lines: string[]) => lines.map((line) => line.replace(gutter, ""));
  const stripped = { search: strip(search), replace: strip(replace) };
  return stripped.search.join("\n") === stripped.replace.join("\n") ? null : stripped;
}
