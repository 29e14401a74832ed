import { describe, expect, test } from "vitest";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import type { SurfaceLine } from "../../../diff-surface/surface-view.ts";
import type { AddressChange } from "./place-types.ts";
import { listChanges, parseLines, type Place } from "../review-changes.ts";
import { ReviewPlace } from "./review-place.ts";

const paths = ["a.ts", "b.ts", "c.ts"] as FilePath[];
const patch = "@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n@@ -20,3 +20,3 @@\n 20\n-21\n+twenty-one\n 22\n";
const changes = listChanges(
  paths.map((id) => ({
    id,
    type: "patch" as const,
    patch,
    hunks: parseHunks(patch),
    cacheKey: id,
    isCollapsed: false,
  })),
);
const files = paths.map((path): ReviewFile => ({
  path,
  status: "modified",
  additions: 2,
  deletions: 2,
  isBinary: false,
}));

/** A review of three files with two changes each, on a fake surface. */
function open({ address = null as string | null, collapsed = [] as string[] } = {}) {
  const page = {
    address: { file: address, L: null as string | null },
    moves: [] as AddressChange[],
    scrolledTo: [] as string[],
    expanded: [] as string[],
    revealed: [] as string[],
    said: "",
    inView: true,
    unfolded: false,
    top: null as SurfaceLine | null,
    onSurface: (_path: FilePath): boolean => true,
    collapsed: new Set(collapsed),
    awaited: [] as (() => void)[],
  };
  const place = new ReviewPlace({ address });
  place.setPorts({
    surface: () => ({
      scrollToFile: (id) => page.scrolledTo.push(id),
      scrollToLine: ({ id, line, side }) => page.scrolledTo.push(`${id} ${side === "deletions" ? "L" : "R"}${line}`),
      expandAround: ({ id, hunk, isWholeFile }) => page.expanded.push(`${id} ${hunk}${isWholeFile ? " all" : ""}`),
      readTopLine: () => page.top,
      isInView: () => page.inView,
      isUnfolded: () => page.unfolded,
    }),
    isOnSurface: (path) => page.onSurface(path),
    reveal: (path) => page.revealed.push(path),
    onAddress: (change) => {
      page.moves.push(change);
      page.address = { file: change.file, L: change.L };
      draw();
    },
    say: (text) => (page.said = text),
    afterPaint: (act) => page.awaited.push(act),
  });
  const draw = () => {
    const lines = parseLines(page.address.L);
    place.setData({
      files,
      changes,
      areAllKnown: true,
      address: {
        file: page.address.file,
        lines: lines === null ? null : { path: page.address.file as FilePath, ...lines },
      },
      collapsed: page.collapsed,
      viewedPaths: new Set(),
    });
  };
  draw();
  return { page, place, draw, at: () => `${page.address.file} ${page.address.L ?? ""}`.trim() };
}

describe("changes", () => {
  test("are stepped through across files, and end", () => {
    const { place, page, at } = open();
    const walked: string[] = [];
    for (let step = 0; step < 7; step += 1) {
      place.stepChange(1);
      walked.push(at());
    }
    expect(walked).toEqual(["a.ts R2", "a.ts R21", "b.ts R2", "b.ts R21", "c.ts R2", "c.ts R21", "c.ts R21"]);
    expect(page.said).toBe("No further change in expanded files");
    place.stepChange(-1);
    expect([at(), page.said]).toEqual(["c.ts R2", "Change 5 of 6, line 2"]);
  });

  test("of folded files are skipped", () => {
    const { place, at } = open({ collapsed: ["b.ts"] });
    for (let step = 0; step < 3; step += 1) place.stepChange(1);
    expect(at()).toBe("c.ts R2");
  });

  test("start at the visible lines once the user has scrolled away from the last one", () => {
    const { place, page, at } = open();
    place.stepChange(1);
    page.inView = false;
    place.followScroll(["b.ts"]);
    page.top = { id: "b.ts", side: "additions", line: 10 };
    place.stepChange(1);
    expect(at()).toBe("b.ts R21");
  });
});

describe("files", () => {
  test("are stepped through among the requested ones", () => {
    const { place, page, at } = open();
    place.stepFile({ by: 1, among: files });
    expect([at(), page.said]).toEqual(["a.ts", "File 1 of 3: a.ts, modified"]);
    place.stepFile({ by: 1, among: files.slice(2) });
    expect(at()).toBe("c.ts");
    place.stepFile({ by: 1, among: files });
    expect(page.said).toBe("No other file that way");
    place.stepFile({ by: -1, among: files });
    expect([at(), page.scrolledTo]).toEqual(["b.ts", ["a.ts", "c.ts", "b.ts"]]);
  });

  test("a jump adds a history entry, a step does not", () => {
    const { place, page } = open();
    place.goToFile(files[1], { isJump: true });
    place.stepFile({ by: 1, among: files });
    expect(page.moves.map(({ file, isJump }) => [file, isJump])).toEqual([
      ["b.ts", true],
      ["c.ts", false],
    ]);
  });

  test("the topmost one becomes current, unless the selection is still visible", () => {
    const { place, at } = open();
    place.select({ path: paths[1] as FilePath, side: "additions", first: 2, last: 2 });
    place.followScroll(["a.ts", "b.ts"]);
    expect(at()).toBe("b.ts R2");
    place.followScroll(["c.ts"]);
    expect([at(), place.getState().selection]).toEqual(["c.ts", null]);
    place.followScroll([]);
    expect(at()).toBe("c.ts");
  });

  test("one that is not on the surface is scrolled to when it is rendered", () => {
    const { place, page } = open();
    page.onSurface = (path) => path === "a.ts";
    place.goToFile(files[2]);
    expect(page.scrolledTo).toEqual([]);
    for (const act of page.awaited) act();
    expect(page.scrolledTo).toEqual(["c.ts"]);
  });
});

describe("a place", () => {
  const place: Place = { path: "b.ts" as FilePath, side: "additions", first: 21, last: 22 };

  test("in a folded file is revealed first, and scrolled to when it is rendered", () => {
    const { place: at, page } = open({ collapsed: ["b.ts"] });
    at.goToPlace(place);
    expect([page.revealed, page.scrolledTo]).toEqual([["b.ts"], []]);
    for (const act of page.awaited) act();
    expect(page.scrolledTo).toEqual(["b.ts R21"]);
    expect(at.getState().change).toMatchObject({ path: "b.ts", index: 1 });
  });

  test("below which something is rendered is scrolled into view, if it is not visible", () => {
    const { place: at, page } = open();
    at.bringInSight(place);
    expect(page.awaited).toEqual([]);
    page.inView = false;
    at.bringInSight(place);
    for (const act of page.awaited) act();
    expect(page.scrolledTo).toEqual(["b.ts R22"]);
  });

  test("in the address is followed, unless it was set here", () => {
    const { place: at, page, draw } = open();
    at.goToPlace(place);
    page.scrolledTo = [];
    at.followAddress();
    expect(page.scrolledTo).toEqual([]);
    page.address = { file: "c.ts", L: "R2" };
    draw();
    at.followAddress();
    expect([page.scrolledTo, at.getState().selection]).toMatchObject([["c.ts R2"], { path: "c.ts", first: 2 }]);
    page.address = { file: null, L: null };
    draw();
    at.followAddress();
    expect([page.scrolledTo, at.getState().selection]).toEqual([["c.ts R2", "a.ts"], null]);
  });
});

describe("lines", () => {
  test("are entered at the change, walked, and left", () => {
    const { place, page, at } = open();
    place.stepChange(1);
    place.enterLines();
    expect([place.getState().isAtLines, at(), page.said]).toEqual([true, "a.ts R2", "In the lines. Line 2 added: two"]);
    place.stepLine(1);
    expect([at(), page.said]).toEqual(["a.ts R3", "Line 3 unchanged: 3"]);
    place.stepLine(1);
    expect(at()).toBe("a.ts R20");
    place.leaveLines();
    expect([place.getState().isAtLines, page.said]).toEqual([false, "Back at the files"]);
  });

  test("are selected from the start of a selection, in both directions", () => {
    const { place, page, at } = open();
    place.select({ path: "a.ts" as FilePath, side: "additions", first: 2, last: 2 });
    place.growSelection(1);
    expect([at(), page.said]).toEqual(["a.ts R2-3", "Lines 2 to 3 chosen"]);
    place.growSelection(-1);
    place.growSelection(-1);
    expect(at()).toBe("a.ts R1-2");
  });

  test("a press selects one, an extended press all from the start, also across sides", () => {
    const { place, at } = open();
    const press = (line: number, isExtended: boolean, side: Place["side"] = "additions") =>
      place.selectLine({ id: "a.ts", side, line, isExtended });
    press(21, false);
    press(20, true);
    expect(at()).toBe("a.ts R20-21");
    press(22, true);
    expect(at()).toBe("a.ts R21-22");
    press(2, false, "deletions");
    press(3, true);
    expect(at()).toBe("a.ts L2-R3");
  });

  test("around the change are shown, or all of its file", () => {
    const { place, page } = open();
    place.expand({ isWholeFile: false });
    place.stepChange(1);
    place.expand({ isWholeFile: false });
    place.expand({ isWholeFile: true });
    expect(page.expanded).toEqual(["a.ts 0", "a.ts 0 all"]);
  });
});
