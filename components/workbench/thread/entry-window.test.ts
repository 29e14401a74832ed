import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entriesInSight, fromEndToShow, sumHeights } from "./entry-window.ts";

const heights = fc.array(fc.integer({ min: 20, max: 160 }), { maxLength: 400 });

describe("the visible entries", () => {
  test("are all that intersect the window, and few more", () => {
    fc.assert(
      fc.property(heights, fc.nat(40_000), fc.integer({ min: 100, max: 1_500 }), (all, fromEndPx, heightPx) => {
        const ends = sumHeights(all);
        const rows = entriesInSight({ ends, fromEndPx, heightPx, pinned: -1 });
        const touching = all.flatMap((height, index) => {
          const end = ends[index] ?? 0;
          return end > fromEndPx && end - height < fromEndPx + heightPx ? [index] : [];
        });
        expect(rows).toEqual(expect.arrayContaining(touching));
        expect(rows.length).toBeLessThanOrEqual((heightPx + 2 * 300) / 20 + 3);
        expect(rows).toEqual(rows.toSorted((a, b) => a - b));
      }),
    );
  });

  test("include the focused one, wherever it is", () => {
    const ends = sumHeights(Array.from({ length: 1_000 }, () => 100));
    expect(entriesInSight({ ends, fromEndPx: 0, heightPx: 500, pinned: 900 }).at(-1)).toBe(900);
    expect(entriesInSight({ ends, fromEndPx: 90_000, heightPx: 500, pinned: 2 })[0]).toBe(2);
    expect(entriesInSight({ ends, fromEndPx: 0, heightPx: 500, pinned: 5_000 })).not.toContain(5_000);
  });

  test("are empty for an empty thread", () => {
    expect(entriesInSight({ ends: [], fromEndPx: 0, heightPx: 500, pinned: -1 })).toEqual([]);
  });
});

test("an entry is scrolled into view by the shortest distance", () => {
  fc.assert(
    fc.property(heights, fc.nat(40_000), fc.nat(399), (all, fromEndPx, index) => {
      fc.pre(index < all.length);
      const ends = sumHeights(all);
      const heightPx = 400;
      const shown = fromEndToShow({ ends, index, fromEndPx, heightPx });
      const end = ends[index] ?? 0;
      const start = end - (all[index] ?? 0);
      expect(shown).toBeLessThanOrEqual(start);
      expect(shown + heightPx).toBeGreaterThanOrEqual(end);
      if (fromEndPx <= start && fromEndPx + heightPx >= end) expect(shown).toBe(fromEndPx);
    }),
  );
});
