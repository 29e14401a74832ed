import { compareLines } from "./compare-lines.ts";
import { splitLines } from "./split-lines.ts";

/**
 * Which text each line of the last one is from: the index of the first text that has had it ever since. `texts` go from
 * old to new. A line that went and came again belongs to the text that it came again with.
 */
export function blameLines(texts: readonly string[]): number[] {
  let before: string[] = [];
  let owners: number[] = [];
  for (const [index, text] of texts.entries()) {
    const after = splitLines(text);
    const { removed, added } = compareLines({ before, after });
    // Lines without a mark are partners, in order.
    const kept = owners.filter((_, line) => removed[line] === 0);
    let next = 0;
    owners = after.map((_, line) => (added[line] === 1 ? index : (kept[next++] ?? index)));
    before = after;
  }
  return owners;
}
