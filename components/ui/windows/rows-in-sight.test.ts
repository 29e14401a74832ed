import { expect, test } from "vitest";
import { rowsInSight } from "./rows-in-sight.ts";

const list = { heightPx: 100, rowHeightPx: 10, count: 1_000, pinned: 0 };
const span = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, offset) => first + offset);

test.each([
  ["at the top", { ...list, scrollTopPx: 0 }, span(0, 13)],
  ["within a row", { ...list, scrollTopPx: 505, pinned: 50 }, span(46, 64)],
  ["at the end", { ...list, scrollTopPx: 9_900, pinned: 999 }, span(986, 999)],
  ["with one above that has the focus", { ...list, scrollTopPx: 500, pinned: 3 }, [3, ...span(46, 63)]],
  ["with one below that has the focus", { ...list, scrollTopPx: 500, pinned: 900 }, [...span(46, 63), 900]],
  ["of a list that became shorter than the scroll", { ...list, scrollTopPx: 5_000, count: 20, pinned: 2 }, [2]],
  ["of an empty list", { ...list, scrollTopPx: 0, count: 0 }, []],
])("the rows in sight %s", (_, view, expected) => {
  expect(rowsInSight(view)).toEqual(expected);
});
