import fc from "fast-check";
import { expect, test } from "vitest";
import { layOutGraph, type Box } from "./lay-out-graph.ts";

const anyGraph = fc
  .array(fc.record({ widthPx: fc.integer({ min: 80, max: 240 }), heightPx: fc.integer({ min: 28, max: 260 }) }), {
    maxLength: 30,
  })
  .chain((sizes) => {
    const boxes = sizes.map((size, at): Box => ({ id: `b${at}`, ...size }));
    const end = fc.nat({ max: Math.max(0, boxes.length - 1) });
    return fc.array(fc.tuple(end, end), { maxLength: boxes.length }).map((ends) => ({
      boxes,
      lines: ends.flatMap(([from, to], at) =>
        from === to || boxes.length === 0 ? [] : [{ id: `l${at}`, from: `b${from}`, to: `b${to}` }],
      ),
    }));
  });

test("every box is within the picture, and none overlaps another", () => {
  fc.assert(
    fc.property(anyGraph, ({ boxes, lines }) => {
      const { width, height, places, lines: bends } = layOutGraph({ boxes, lines });
      const placed = boxes.map((box) => ({ ...box, ...places[box.id] }) as Box & { x: number; y: number });
      for (const [at, a] of placed.entries()) {
        expect(a.x).toBeGreaterThanOrEqual(0);
        expect(a.y).toBeGreaterThanOrEqual(0);
        expect(a.x + a.widthPx).toBeLessThanOrEqual(width);
        expect(a.y + a.heightPx).toBeLessThanOrEqual(height);
        for (const b of placed.slice(at + 1))
          expect(
            a.x + a.widthPx <= b.x || b.x + b.widthPx <= a.x || a.y + a.heightPx <= b.y || b.y + b.heightPx <= a.y,
          ).toBe(true);
      }
      expect(Object.keys(bends).toSorted()).toEqual(lines.map(({ id }) => id).toSorted());
    }),
    { numRuns: 60 },
  );
});

test("boxes without an edge fill rows, not one long line", () => {
  const boxes = Array.from({ length: 140 }, (_, at): Box => ({ id: `b${at}`, widthPx: 216, heightPx: 30 }));
  const { width, height } = layOutGraph({ boxes, lines: [] });
  expect(width / height).toBeGreaterThan(1);
  expect(width / height).toBeLessThan(3);
});
