import { compareLines } from "./compare-lines.ts";
import { splitLines } from "./split-lines.ts";

/**
 * The origin of each line of the last text: the index of the first text that has had it ever since. `texts` are ordered
 * from old to new. A line that was removed and added again belongs to the text that added it again.
 */
export function blameLines(texts: readonly string[]): number[] {
  let before: string[] = [];
  let owners: number[] = [];
  for (const [index, text] of texts.entries()) {
    const after = splitLines(text);
    const { removed, added } = compareLines({ before, after });
    // Unmarked lines are partners, in order.
    const kept = owners.filter((_, line) => removed[line] === 0);
    let next = 0;
    owners = after.map((_, line) => (added[line] === 1 ? index : (kept[next++] ?? index)));
    before = after;
  }
  return owners;
}
