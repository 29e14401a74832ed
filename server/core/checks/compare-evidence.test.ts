import fc from "fast-check";
import { expect, test } from "vitest";
import type { CaseResult } from "./cases/case-result.ts";
import { compareWithParent, judgeTree, type Verdict } from "./compare-evidence.ts";

type Evidence = Parameters<typeof judgeTree>[0][number];

const names = Array.from({ length: 30 }, (_, index) => `case ${index + 1}`);

/** A test run of 30 cases, of which these fail. */
function evidence(...failing: string[]): Evidence {
  const cases = names.map((name): CaseResult => ({
    name,
    path: "a.test.ts",
    status: failing.includes(name) ? "failed" : "passed",
    message: "",
  }));
  return { hasPassed: failing.length === 0, cases, caseNames: names };
}

const judge = (...results: Evidence[]): Verdict => {
  const verdict = judgeTree(results);
  if (verdict === null) throw new Error("There is no result.");
  return verdict;
};
const namesOf = (cases: readonly { name: string }[]) => cases.map(({ name }) => name);

test("a version that breaks one of 30 cases names that one", () => {
  const result = compareWithParent({ verdict: judge(evidence("case 7")), parent: judge(evidence()) });
  expect(result.againstParent).toBe("newly-failing");
  expect(namesOf(result.newFailures)).toEqual(["case 7"]);
  expect([...result.stillFailing, ...result.fixed]).toEqual([]);
});

test("a version that fixes a case says so, and one that leaves it failing says so", () => {
  const red = judge(evidence("case 7"));
  const fixed = compareWithParent({ verdict: judge(evidence()), parent: red });
  expect([fixed.againstParent, namesOf(fixed.fixed)]).toEqual(["fixed", ["case 7"]]);
  const still = compareWithParent({ verdict: red, parent: red });
  expect([still.againstParent, namesOf(still.stillFailing), still.newFailures]).toEqual([
    "still-failing",
    ["case 7"],
    [],
  ]);
});

test("a version that fixes one case and breaks another is newly failing, and names both", () => {
  const result = compareWithParent({ verdict: judge(evidence("case 9")), parent: judge(evidence("case 7")) });
  expect(result.againstParent).toBe("newly-failing");
  expect([namesOf(result.newFailures), namesOf(result.fixed)]).toEqual([["case 9"], ["case 7"]]);
});

test("a case that fails and passes on the same files is flaky, and fails nothing", () => {
  const flaky = judge(evidence("case 3"), evidence());
  expect([flaky.hasPassed, namesOf(flaky.flaky), flaky.failing]).toEqual([true, ["case 3"], []]);
  expect(compareWithParent({ verdict: flaky, parent: judge(evidence()) }).againstParent).toBe("passing");
  const both = judge(evidence("case 3", "case 7"), evidence("case 7"));
  expect([both.hasPassed, namesOf(both.flaky), namesOf(both.failing)]).toEqual([false, ["case 3"], ["case 7"]]);
  expect(compareWithParent({ verdict: judge(evidence("case 3")), parent: flaky }).newFailures).toEqual([]);
});

test("a removed test is gone, and not fixed", () => {
  const parent = judge(evidence("case 7"));
  const without = { hasPassed: true, cases: [], caseNames: names.filter((name) => name !== "case 7") };
  const removed = compareWithParent({ verdict: judge(without), parent });
  expect([removed.againstParent, namesOf(removed.gone), removed.fixed]).toEqual(["passing", ["case 7"], []]);
  const unknown = compareWithParent({ verdict: judge({ hasPassed: true, cases: [] }), parent });
  expect([unknown.againstParent, namesOf(unknown.fixed)]).toEqual(["fixed", ["case 7"]]);
});

test("without cases, the exit of the command decides", () => {
  const red = judge({ hasPassed: false, cases: [] });
  const green = judge({ hasPassed: true, cases: [] });
  expect(compareWithParent({ verdict: red, parent: green }).againstParent).toBe("newly-failing");
  expect(compareWithParent({ verdict: green, parent: red }).againstParent).toBe("fixed");
  expect(compareWithParent({ verdict: red, parent: red }).againstParent).toBe("still-failing");
  expect(compareWithParent({ verdict: judge(evidence("case 1")), parent: red }).againstParent).toBe("still-failing");
  expect(compareWithParent({ verdict: red, parent: null }).againstParent).toBe("unknown");
  expect(compareWithParent({ verdict: null, parent: green }).againstParent).toBe("unknown");
  expect(judge({ hasPassed: false, cases: [] }, evidence("case 1")).hasPassed).toBe(false);
  expect(judgeTree([])).toBeNull();
});

test("each failing case is new or old, and each of the parent's is failing, flaky or fixed", () => {
  const run = fc.subarray(names).map((failing) => evidence(...failing));
  const runs = fc.array(run, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(runs, runs, (before, after) => {
      const [parent, verdict] = [judge(...before), judge(...after)];
      const { newFailures, stillFailing, fixed, againstParent } = compareWithParent({ verdict, parent });
      expect(namesOf([...newFailures, ...stillFailing]).sort()).toEqual(namesOf(verdict.failing).sort());
      const later = new Set(namesOf([...verdict.failing, ...verdict.flaky]));
      expect(namesOf(fixed)).toEqual(namesOf(parent.failing).filter((name) => !later.has(name)));
      if (newFailures.length > 0) expect(againstParent).toBe("newly-failing");
      if (verdict.hasPassed) expect(["passing", "fixed"]).toContain(againstParent);
    }),
  );
});
