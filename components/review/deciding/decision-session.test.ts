import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { fileDecisionOf } from "./choices.ts";
import { DecisionSession } from "./decision-session.ts";

const [a, b, c] = ["a.ts", "b.ts", "c.ts"] as [FilePath, FilePath, FilePath];

function begin(stored: string | null = null) {
  const kept = { text: stored };
  const session = new DecisionSession({
    paths: [a, b, c],
    proposed: new Map([
      [a, "take"],
      [b, "old"],
    ]),
    storage: { read: () => kept.text, write: (text) => (kept.text = text) },
  });
  const read = () => [a, b, c].map((path) => fileDecisionOf(session.getState().choices.get(path)));
  return { session, kept, read };
}

test("begins with the defaults, and leaves the rest undecided", () => {
  expect(begin().read()).toEqual(["take", "old", null]);
});

test("decides on many files in one step, which is undone in one", () => {
  const { session, read } = begin();
  session.decide({ paths: [a, b, c], decision: "take" });
  session.decideLines({ path: a, index: 0, lineCount: 2, isMoved: false, decision: "old" });
  expect(read()).toEqual(["mixed", "take", "take"]);
  expect([session.undo(), read()]).toEqual([true, ["take", "take", "take"]]);
  expect([session.undo(), read()]).toEqual([true, ["take", "old", null]]);
  expect([session.undo(), session.getState().stepCount]).toEqual([false, 0]);
});

test("notifies once per change, and not if nothing was decided", () => {
  const { session } = begin();
  let told = 0;
  const stop = session.subscribe(() => (told += 1));
  session.decide({ paths: [], decision: "take" });
  session.decide({ paths: [c], decision: "again" });
  session.undo();
  stop();
  session.decide({ paths: [c], decision: "take" });
  expect(told).toBe(2);
});

test("survives a reload with its steps, until it is cleared", () => {
  const { session, kept } = begin();
  session.decide({ paths: [b], decision: "again" });
  session.decide({ paths: [c], decision: "take" });
  const reloaded = begin(kept.text);
  expect(reloaded.read()).toEqual(["take", "again", "take"]);
  reloaded.session.undo();
  expect(reloaded.read()).toEqual(["take", "again", null]);
  reloaded.session.clear();
  expect([reloaded.read(), reloaded.kept.text]).toEqual([["take", "old", null], null]);
});

test("decisions stored elsewhere are removed from the browser, and stay on the page", () => {
  const { session, kept, read } = begin();
  session.decide({ paths: [c], decision: "take" });
  session.forget();
  expect([kept.text, read()]).toEqual([null, ["take", "old", "take"]]);
});

test("stores only differences from the defaults", () => {
  const { session, kept } = begin();
  session.decide({ paths: [a, b], decision: "take" });
  expect(kept.text).not.toContain(a);
  session.decide({ paths: [b], decision: "old" });
  expect(kept.text).toMatch(/,\[\]\]$/);
});
