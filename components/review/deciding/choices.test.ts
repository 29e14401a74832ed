import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import {
  commonDecision,
  countChoices,
  decideFiles,
  decideLines,
  fileDecisionOf,
  formatSteps,
  lineDecisionOf,
  parseSteps,
  type Choices,
  type Decision,
} from "./choices.ts";

const [a, b, c] = ["a.ts", "b.ts", "c.ts"] as [FilePath, FilePath, FilePath];
const decided = (whole: Decision | null): Choices => new Map([[a, { whole, lines: new Map() }]]);
const place = { path: a, lineCount: 2, isMoved: false };

describe("decideFiles", () => {
  test("decides on many at once and forgets decisions on their lines", () => {
    const mixed = decideLines({ choices: decided("take"), ...place, index: 0, decision: "old" });
    const choices = decideFiles({ choices: mixed, paths: [a, b], decision: "take" });
    expect([fileDecisionOf(choices.get(a)), fileDecisionOf(choices.get(b)), fileDecisionOf(choices.get(c))]).toEqual([
      "take",
      "take",
      null,
    ]);
    expect(commonDecision({ choices, paths: [a, b] })).toBe("take");
    expect(commonDecision({ choices, paths: [a, c] })).toBeNull();
  });
});

describe("decideLines", () => {
  test("keeps one group old, and becomes a whole decision when all groups agree", () => {
    const one = decideLines({ choices: decided("take"), ...place, index: 1, decision: "old" });
    expect(fileDecisionOf(one.get(a))).toBe("mixed");
    expect([0, 1].map((index) => lineDecisionOf({ choice: one.get(a), index }))).toEqual(["take", "old"]);
    const both = decideLines({ choices: one, ...place, index: 0, decision: "old" });
    expect(both.get(a)).toEqual({ whole: "old", lines: new Map() });
    const taken = decideLines({ choices: one, ...place, index: 1, decision: "take" });
    expect(taken.get(a)).toEqual({ whole: "take", lines: new Map() });
  });

  test("a moved file with all old lines still moves", () => {
    const moved = { ...place, isMoved: true };
    const one = decideLines({ choices: decided("take"), ...moved, index: 0, decision: "old" });
    const both = decideLines({ choices: one, ...moved, index: 1, decision: "old" });
    expect(fileDecisionOf(both.get(a))).toBe("mixed");
  });

  test("of a file to be redone, the other groups are taken", () => {
    const one = decideLines({ choices: decided("again"), ...place, index: 0, decision: "old" });
    expect([0, 1].map((index) => lineDecisionOf({ choice: one.get(a), index }))).toEqual(["old", "take"]);
  });

  test("of an undecided file, the other groups stay undecided", () => {
    const one = decideLines({ choices: decided(null), ...place, index: 0, decision: { text: "x\n" } });
    expect([0, 1].map((index) => lineDecisionOf({ choice: one.get(a), index }))).toEqual([{ text: "x\n" }, null]);
    const both = decideLines({ choices: one, ...place, index: 1, decision: "take" });
    expect(fileDecisionOf(both.get(a))).toBe("mixed");
  });

  test("the last decision on a group applies, whatever came before", () => {
    const step = fc.record({
      index: fc.integer({ min: 0, max: 3 }),
      decision: fc.constantFrom("take" as const, "old" as const),
    });
    fc.assert(
      fc.property(
        fc.constantFrom<Decision | null>("take", "old", null),
        fc.array(step, { maxLength: 12 }),
        (whole, steps) => {
          const last = new Map(steps.map(({ index, decision }) => [index, decision]));
          const choices = steps.reduce(
            (before, each) => decideLines({ choices: before, path: a, lineCount: 4, isMoved: false, ...each }),
            decided(whole),
          );
          for (let index = 0; index < 4; index += 1)
            expect(lineDecisionOf({ choice: choices.get(a), index })).toBe(last.get(index) ?? whole);
        },
      ),
    );
  });
});

test("files are counted by their decision", () => {
  const choices: Choices = new Map([
    [a, { whole: "take" as const, lines: new Map([[0, "old" as const]]) }],
    [b, { whole: "again" as const, lines: new Map() }],
  ]);
  expect(countChoices({ choices, paths: [a, b, c] })).toEqual({ taken: 0, old: 0, again: 1, mixed: 1, open: 1 });
});

describe("what a browser stores", () => {
  test("is read back as written, for existing files", () => {
    const choices = decideLines({ choices: decided(null), ...place, index: 1, decision: { text: "own\n" } });
    const text = formatSteps([decided("old"), choices]);
    expect(parseSteps({ text, paths: [a] })).toEqual([decided("old"), choices]);
    expect(parseSteps({ text, paths: [b] })).toEqual([new Map(), new Map()]);
  });

  test.each([null, "", "{", "[1]", "[[1]]", '[[["a.ts","perhaps",[]]]]', '[[["a.ts","take",[[0,"perhaps"]]]]]'])(
    "is ignored if it is %s",
    (text) => expect(parseSteps({ text, paths: [a] })).toEqual([]),
  );
});
