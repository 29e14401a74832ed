import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseHunks } from "../../../diff-surface/hunks/parse-hunks.ts";
import { FindSession } from "./find-session.ts";

const toFile = (path: string, ...lines: string[]) => ({
  path: path as FilePath,
  hunks: parseHunks(`@@ -1,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join("")}`),
});
const shown = [toFile("a.ts", "one", "two"), toFile("b.ts", "one two", "Two"), toFile("c.ts", "three")];

function open({ query = "", currentPath = null as string | null } = {}) {
  const log = { query, wentTo: [] as string[], closed: 0, waiting: null as (() => void) | null };
  const find = new FindSession({ query });
  find.setPorts({
    onQueryChange: (next) => {
      log.query = next;
      draw();
    },
    onGoTo: ({ path, first }) => log.wentTo.push(`${path} ${first}`),
    onClosed: () => (log.closed += 1),
    wait: (act) => {
      log.waiting = act;
      return () => (log.waiting = null);
    },
  });
  const draw = () => find.setData({ files: { shown, hidden: [] }, currentPath, query: log.query });
  draw();
  const type = (text: string) => find.change({ ...find.getState().typed, query: text });
  const rest = () => log.waiting?.();
  return { find, log, type, rest };
}

describe("typing", () => {
  test("is searched after a pause, starting at the current file", () => {
    const { find, log, type, rest } = open({ currentPath: "b.ts" });
    find.open();
    type("t");
    type("two");
    expect([log.wentTo, log.query]).toEqual([[], ""]);
    rest();
    expect([log.wentTo, log.query]).toEqual([["b.ts 1"], "two"]);
    expect(find.search().hits).toHaveLength(3);
  });

  test("is not awaited by a step", () => {
    const { find, log, type } = open();
    type("two");
    find.step(1);
    expect([log.wentTo, log.waiting]).toEqual([["a.ts 2"], null]);
  });

  test("an invalid pattern finds nothing and says so", () => {
    const { find, log, rest } = open();
    find.change({ query: "(", isCaseSensitive: false, isRegex: true });
    rest();
    expect([find.search().problem, log.wentTo]).toEqual(["This is no valid pattern.", []]);
  });
});

describe("steps", () => {
  test("wrap around in both directions", () => {
    const { find, log, type, rest } = open();
    type("two");
    rest();
    for (const by of [1, 1, 1, -1] as const) find.step(by);
    expect(log.wentTo).toEqual(["a.ts 2", "b.ts 1", "b.ts 2", "a.ts 2", "b.ts 2"]);
  });

  test("follow changed case and pattern options at once", () => {
    const { find, log, type, rest } = open();
    type("Two");
    rest();
    find.change({ ...find.getState().typed, isCaseSensitive: true });
    expect([find.search().hits.length, log.wentTo.at(-1)]).toEqual([1, "b.ts 2"]);
  });
});

test("the query in the address is searched initially, without scrolling", () => {
  const { find, log } = open({ query: "one" });
  expect([find.getState().isOpen, find.search().hits.length, log.wentTo]).toEqual([true, 2, []]);
  find.step(1);
  expect(log.wentTo).toEqual(["a.ts 1"]);
});

test("closing forgets the query and cancels a pending search", () => {
  const { find, log, type } = open({ query: "one" });
  type("two");
  find.close();
  expect(log).toMatchObject({ query: "", closed: 1, waiting: null, wentTo: [] });
  expect(find.getState()).toMatchObject({ isOpen: false, typed: { query: "" }, current: null });
  expect(find.search().hits).toEqual([]);
});
