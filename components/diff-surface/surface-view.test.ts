import { expect, test } from "vitest";
import {
  headerHeightPx,
  isLineInView,
  isLineUnfolded,
  listFilesInView,
  locateHunk,
  readTopLine,
} from "./surface-view.ts";

/** Three files of 400 px in a column; lines of 20 px below a header, where lines 5 to 8 of each are a folded gap. */
function viewAt(scrollTop: number): Parameters<typeof readTopLine>[0] {
  const topOf = (line: number) => headerHeightPx + 20 * (line < 5 ? line - 1 : line < 9 ? 4 : line - 5);
  const getLinePosition = (line: number) => (line < 1 || line > 22 ? undefined : { top: topOf(line), height: 20 });
  const getNumericScrollAnchor = (localTop: number) => {
    const lineNumber = [1, 2, 3, 4, ...Array.from({ length: 14 }, (_, index) => index + 9)].find(
      (line) => topOf(line) >= localTop,
    );
    return lineNumber === undefined ? undefined : { lineNumber };
  };
  return {
    getScrollTop: () => scrollTop,
    getHeight: () => 302,
    getTopForItem: (id) => ["a", "b", "c"].indexOf(id) * 400,
    getRenderedItems: () =>
      ["a", "b", "c"].map((id) => ({ id, instance: { getLinePosition, getNumericScrollAnchor } })),
  };
}

test("a file is in view while a line of it is readable below its header", () => {
  expect(listFilesInView(viewAt(0))).toEqual(["a"]);
  expect(listFilesInView(viewAt(350))).toEqual(["a", "b"]);
  expect(listFilesInView(viewAt(365))).toEqual(["b"]);
  expect(listFilesInView(viewAt(400))).toEqual(["b"]);
});

test("the top line is the first below the header", () => {
  expect(readTopLine(viewAt(0))).toEqual({ id: "a", side: "additions", line: 1 });
  expect(readTopLine(viewAt(450))).toEqual({ id: "b", side: "additions", line: 4 });
});

test("a line behind the header or below the edge is not in view", () => {
  const isInView = (scrollTop: number, line: number) =>
    isLineInView({ view: viewAt(scrollTop), place: { id: "a", side: "additions", line } });
  expect([isInView(0, 1), isInView(10, 1), isInView(0, 17), isInView(0, 18), isInView(0, 99)]).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
});

test("lines of a folded gap are not unfolded", () => {
  const isUnfolded = (line: number) => isLineUnfolded({ view: viewAt(0), place: { id: "a", side: "additions", line } });
  expect([4, 5, 7, 8, 9, 22, 23].map(isUnfolded)).toEqual([true, false, false, false, false, true, false]);
});

test("a hunk extends from its first to its last line, on either side", () => {
  const positionOf = (line: number, side: string) =>
    line > 30 ? undefined : { top: 100 + 20 * line + (side === "additions" ? 40 : 0), height: 20 };
  const at = (hunk: Partial<Parameters<typeof locateHunk>[0]["hunk"]>) =>
    locateHunk({
      hunk: { oldStart: 5, oldCount: 3, newStart: 5, newCount: 4, lines: [], ...hunk },
      fileTopPx: -50,
      positionOf,
    });
  expect(at({})).toEqual({ topPx: 150, bottomPx: 270, isBelowFold: true });
  expect(at({ newCount: 0 })).toEqual({ topPx: 150, bottomPx: 210, isBelowFold: true });
  expect(at({ oldStart: 0, oldCount: 0, newStart: 1 })).toEqual({ topPx: 110, bottomPx: 190, isBelowFold: false });
  expect(at({ oldStart: 90, newStart: 90 })).toBeNull();
});
