import { expect, test } from "vitest";
import { countSteps, describeUndoneSteps } from "./describe-steps.ts";

const step = (...missing: string[]) => ({ step: "A step", isDone: missing.length === 0, missing });

test.each([
  [[], null],
  [[step()], null],
  [[step(), step("notes.py")], "1 planned step was not done: notes.py"],
  [[step("a.py", "b.py"), step("b.py")], "2 planned steps were not done: a.py, b.py"],
  [[step("a"), step("b"), step("c", "d", "e")], "3 planned steps were not done: a, b, c and 2 more"],
] as const)("%j", (plan, expected) => {
  expect(describeUndoneSteps(plan.map((each) => ({ ...each, missing: [...each.missing] })))).toBe(expected);
});

test("counts the done steps", () => {
  expect(countSteps([step(), step("a")])).toBe("Plan 1/2");
});
