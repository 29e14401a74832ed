import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { PlaceGoal, type Goal } from "./place-goal.ts";
import type { Place } from "./review-changes.ts";

const place = (path: string, line: number): Place => ({
  path: path as FilePath,
  side: "additions",
  first: line,
  last: line,
});

function open(...shown: string[]) {
  const page = {
    shown: new Set(shown),
    asked: [] as string[],
    wentTo: [] as string[],
    settling: null as (() => void) | null,
  };
  const goal = new PlaceGoal();
  goal.setPorts({
    isShown: (path) => page.shown.has(path),
    show: (path) => page.asked.push(path),
    go: ({ path, lines }: Goal) => page.wentTo.push(lines === null ? path : `${path} ${lines.first}`),
    settle: (go) => {
      page.settling = go;
      go();
      return () => (page.settling = null);
    },
  });
  return { goal, page };
}

test("a place in a shown file is visited once", () => {
  const { goal, page } = open("a.ts");
  goal.seek(place("a.ts", 3));
  goal.arrive();
  expect(page).toMatchObject({ wentTo: ["a.ts 3"], asked: [], settling: null });
});

describe("a place in a hidden file", () => {
  test("is visited when the file is shown, and again while its text loads", () => {
    const { goal, page } = open("a.ts");
    goal.seek(place("kept.ts", 3));
    goal.arrive();
    expect([page.asked, page.wentTo]).toEqual([["kept.ts"], []]);
    page.shown.add("kept.ts");
    goal.arrive();
    page.settling?.();
    expect(page.wentTo).toEqual(["kept.ts 3", "kept.ts 3"]);
  });

  test("is replaced by a later goal", () => {
    const { goal, page } = open("a.ts");
    goal.seek(place("kept.ts", 3));
    goal.seek(place("a.ts", 1));
    page.shown.add("kept.ts");
    goal.arrive();
    expect([page.wentTo, page.settling]).toEqual([["a.ts 1"], null]);
  });
});

describe("the place in an address", () => {
  test("is visited again while the layout settles, until there is another goal", () => {
    const { goal, page } = open("a.ts");
    goal.seekWhileSettling({ path: "a.ts" as FilePath, lines: null });
    page.settling?.();
    expect(page.wentTo).toEqual(["a.ts", "a.ts"]);
    goal.seek(place("a.ts", 7));
    expect([page.wentTo.at(-1), page.settling]).toEqual(["a.ts 7", null]);
  });

  test("in a hidden file is requested once, however often it is tried", () => {
    const { goal, page } = open();
    goal.seekWhileSettling({ path: "a.ts" as FilePath, lines: place("a.ts", 2) });
    page.settling?.();
    page.settling?.();
    expect([page.asked, page.wentTo]).toEqual([["a.ts"], []]);
    page.shown.add("a.ts");
    goal.arrive();
    expect(page.wentTo).toEqual(["a.ts 2"]);
  });
});
