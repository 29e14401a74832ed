import fc from "fast-check";
import { expect, test } from "vitest";
import { groupBySize } from "./group-by-size.ts";

test("groups keep all items in order, and none exceeds the limit unless it is a single item", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 })), fc.nat({ max: 60 }), (items, maxBytes) => {
      const groups = groupBySize({ items, sizeOf: (size) => size, maxBytes });
      expect(groups.flat()).toEqual(items);
      for (const group of groups) {
        const total = group.reduce((sum, size) => sum + size, 0);
        expect(group.length === 1 || total <= maxBytes).toBe(true);
      }
    }),
  );
});
