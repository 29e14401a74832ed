import { diffArrays } from "diff";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pairShortest } from "./pair-shortest.ts";

/** The partners that the package chooses. */
function pairByPackage({ old, current, limit }: { old: number[]; current: number[]; limit: number }): number[] | null {
  const parts = diffArrays(old, current, { maxEditLength: limit });
  if (parts === undefined) return null;
  let oldAt = 0;
  let newAt = 0;
  return parts.flatMap(({ added, removed, count }) => {
    const pairs =
      added || removed ? [] : Array.from({ length: count }, (_, step) => [oldAt + step, newAt + step]).flat();
    if (!added) oldAt += count;
    if (!removed) newAt += count;
    return pairs;
  });
}

const sequence = fc.nat(6).chain((alphabet) => fc.array(fc.nat(alphabet), { maxLength: 60 }));

test("pairs like the package, and gives up in the same cases", () => {
  fc.assert(
    fc.property(sequence, sequence, fc.nat(80), (old, current, limit) => {
      const pairs = pairShortest({ old: Int32Array.from(old), current: Int32Array.from(current), limit });
      expect(pairs === null ? null : [...pairs]).toEqual(pairByPackage({ old, current, limit }));
    }),
    { numRuns: 3_000 },
  );
});
