import fc from "fast-check";
import { expect, test } from "vitest";
import { readFenceLine } from "./fence-line.ts";
import { FencePairs, type FenceEnd } from "./fence-pairs.ts";

/** All pairings of the fence lines, tried one by one: a line with an info string opens, a bare one opens or closes. */
function findEndByTrial(lines: readonly string[]): FenceEnd {
  const ends = new Set<number>();
  const walk = ({ index, open, end }: { index: number; open: number; end: number }): void => {
    if (index === lines.length) {
      // One fence may be left open by a cut: the first one, or a later one.
      if (open === 0 || open === 1) ends.add(end);
      return;
    }
    const isBare = lines[index] === "```";
    walk({ index: index + 1, open: open + 1, end });
    if (isBare && open > 0) walk({ index: index + 1, open: open - 1, end: open === 1 && end === -1 ? index : end });
  };
  walk({ index: 1, open: 1, end: -1 });
  const closed = [...ends].filter((end) => end !== -1).toSorted((a, b) => a - b);
  const [first] = closed;
  if (first === undefined) return { status: "open" };
  if (ends.size === 1) return { status: "closed", end: first };
  const lastEnd = ends.has(-1) ? Number.POSITIVE_INFINITY : (closed.at(-1) ?? first);
  return { status: "ambiguous", firstEnd: first, lastEnd };
}

test("finds the same end as an exhaustive search of pairings", () => {
  const line = fc.constantFrom("```", "```", "```sh");
  fc.assert(
    fc.property(fc.array(line, { maxLength: 11 }), (rest) => {
      const lines = ["```md", ...rest];
      const fence = readFenceLine("```md");
      if (fence === null) throw new Error("not a fence");
      expect(new FencePairs(lines).findEnd({ line: 0, fence })).toEqual(findEndByTrial(lines));
    }),
    { numRuns: 3_000 },
  );
});
