import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addStep,
  changeStep,
  cutStep,
  draftPlan,
  formatDraft,
  listPlannedFiles,
  moveItem,
  parseDraft,
  readSteps,
} from "./plan-draft.ts";

const plan = draftPlan(["1. `app/a.py`: add", "2) b.ts: change", "- README.md: name it"]);

test("steps are shown without numbers, with the files that they name", () => {
  expect(readSteps(plan)).toEqual(["`app/a.py`: add", "b.ts: change", "README.md: name it"]);
  expect(listPlannedFiles(plan)).toEqual(["app/a.py", "b.ts", "README.md"]);
});

test("a step is changed, removed and added; an empty one is not sent", () => {
  expect(readSteps(changeStep({ steps: plan, id: 1, text: " c.ts: new " }))[1]).toBe("c.ts: new");
  expect(readSteps(cutStep({ steps: plan, id: 0 }))).toEqual(["b.ts: change", "README.md: name it"]);
  const added = addStep(cutStep({ steps: plan, id: 1 }));
  expect(new Set(added.map(({ id }) => id)).size).toBe(3);
  expect(readSteps(added)).toHaveLength(2);
});

test("moving only changes the order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.nat(), fc.integer(), (items, at, by) => {
      const from = at % items.length;
      const moved = moveItem({ items, from, by });
      expect(moved.toSorted()).toEqual(items.toSorted());
      expect(moved[Math.min(Math.max(from + by, 0), items.length - 1)]).toBe(items[from]);
    }),
  );
});

test("a draft is stored and read back; invalid data is not", () => {
  expect(readSteps(parseDraft(formatDraft(plan)) ?? [])).toEqual(readSteps(plan));
  for (const stored of [null, "", "{}", "[1]", "["]) expect(parseDraft(stored)).toBeNull();
});
