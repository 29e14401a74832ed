import { expect, test } from "vitest";
import type { GenerationCheck } from "#lib/contracts/versions/check.ts";
import { describeChecks } from "./describe-checks.ts";

const toCheck = (status: GenerationCheck["status"], againstParent: GenerationCheck["againstParent"] = "passing") =>
  ({ status, againstParent }) as GenerationCheck;

test("checks are summarised in one word, new failures before old ones", () => {
  expect(describeChecks({ items: [], isGreen: false })).toBeNull();
  expect(describeChecks({ items: [toCheck("not-run", "unknown")], isGreen: false })).toBeNull();
  expect(describeChecks({ items: [toCheck("passed")], isGreen: true })?.text).toBe("all passed");
  expect(describeChecks({ items: [toCheck("passed"), toCheck("running")], isGreen: false })?.text).toBe("running");
  expect(
    describeChecks({
      items: [toCheck("failed", "still-failing"), toCheck("failed", "newly-failing")],
      isGreen: false,
    }),
  ).toEqual({ text: "1 newly failing", tone: "negative" });
  expect(describeChecks({ items: [toCheck("failed", "still-failing")], isGreen: false })?.text).toBe("1 still failing");
  expect(
    describeChecks({ items: [toCheck("passed"), toCheck("could-not-run", "unknown")], isGreen: false })?.text,
  ).toBe("1 of 2 passed");
});
