import fc from "fast-check";
import { expect, test } from "vitest";
import type { CodeEntity } from "#lib/contracts/versions/code-schema.ts";
import { findNeighbour, firstScale, fitScale, scrollForScale, type Direction } from "./move-in-picture.ts";
import type { DrawnTable, GraphLayout } from "./schema-graph.ts";

/** Tables named by their position, one letter each. */
const rows = ["a.b", "c..", "..d"];
const places: GraphLayout["places"] = {};
for (const [y, row] of rows.entries())
  for (const [x, id] of [...row].entries()) if (id !== ".") places[id] = { x: x * 300, y: y * 100 };
const layout: GraphLayout = { width: 900, height: 300, places, lines: {} };
const tables = Object.keys(places).map((id): DrawnTable => ({
  id,
  entity: {} as CodeEntity,
  kind: "table",
  change: null,
  rows: [],
  hiddenRowCount: 0,
  isSelfRelated: false,
  widthPx: 200,
  heightPx: 50,
}));

test.each<[string, Direction, string | null]>([
  ["a", "right", "b"],
  ["a", "down", "c"],
  ["a", "left", null],
  ["c", "right", "b"],
  ["b", "down", "d"],
  ["d", "up", "b"],
])("from %s to the %s is %s", (id, direction, expected) => {
  const from = tables.find((table) => table.id === id);
  expect(from === undefined ? null : (findNeighbour({ tables, layout, from, direction })?.id ?? null)).toBe(expected);
});

test("a small picture is shown whole at full size, a large one starts at a readable size", () => {
  const window = { width: 1_000, height: 500 };
  expect(firstScale({ picture: { width: 500, height: 200 }, window })).toBe(1);
  expect(fitScale({ picture: { width: 4_000, height: 1_000 }, window })).toBe(0.25);
  expect(firstScale({ picture: { width: 4_000, height: 1_000 }, window })).toBe(0.8);
});

test("the point under the pointer stays in place", () => {
  const anyScale = fc.double({ min: 0.1, max: 2, noNaN: true });
  const anyNumber = fc.integer({ min: 0, max: 5_000 });
  fc.assert(
    fc.property(anyScale, anyScale, anyNumber, anyNumber, (from, to, scrolled, at) => {
      const { left } = scrollForScale({ scroll: { left: scrolled, top: 0 }, at: { x: at, y: 0 }, from, to });
      expect((left + at) / to).toBeCloseTo((scrolled + at) / from, 6);
    }),
  );
});
