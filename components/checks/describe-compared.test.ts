import { expect, test } from "vitest";
import type { GenerationCheck } from "#lib/contracts/versions/check.ts";
import { describeCompared } from "./describe-compared.ts";

const check = (
  name: string,
  status: GenerationCheck["status"],
  againstParent: GenerationCheck["againstParent"] = "passing",
) => ({ name, status, againstParent }) as GenerationCheck;
const textsOf = (items: GenerationCheck[], isGreen = false) =>
  describeCompared({ items, isGreen, isConfirmed: true }).map(({ text }) => text);

test("a project without checks shows nothing", () => {
  expect(textsOf([])).toEqual([]);
  expect(describeCompared({ items: [check("tests", "passed")], isGreen: true, isConfirmed: false })).toEqual([]);
});

test("new failures come first, a single check is named and several are counted", () => {
  expect(
    textsOf([
      check("types", "passed", "fixed"),
      check("lint", "failed", "still-failing"),
      check("tests", "failed", "newly-failing"),
      check("build", "failed", "newly-failing"),
    ]),
  ).toEqual(["2 checks newly failing", "lint still failing", "types fixed"]);
});

test("a failure that cannot be compared is shown as a failure", () => {
  expect(textsOf([check("tests", "failed", "unknown"), check("lint", "could-not-run", "unknown")])).toEqual([
    "tests failed",
    "lint could not run",
  ]);
});

test("running checks are counted beside finished ones, and success is one word", () => {
  expect(textsOf([check("tests", "failed", "newly-failing"), check("lint", "queued", "unknown")])).toEqual([
    "tests newly failing",
    "1 of 2 to go",
  ]);
  expect(textsOf([check("tests", "passed")], true)).toEqual(["all passed"]);
  expect(textsOf([check("tests", "not-run", "unknown")])).toEqual(["not run"]);
});
