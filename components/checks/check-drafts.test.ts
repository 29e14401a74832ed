import { expect, test } from "vitest";
import type { Check, CheckId } from "#lib/contracts/versions/check.ts";
import { addDraft, findDraftProblem, toDrafts } from "./check-drafts.ts";

const check = (name: string): Check => ({
  checkId: name as CheckId,
  name,
  command: `run ${name}`,
  source: "package.json",
  isEnabled: true,
});

test("newly found checks are offered disabled, and one can be added", () => {
  const drafts = toDrafts({ items: [check("tests")], found: [check("lint")] });
  expect(drafts.map(({ name, isEnabled }) => [name, isEnabled])).toEqual([
    ["tests", true],
    ["lint", false],
  ]);
  expect(addDraft(drafts).at(-1)).toEqual({ key: 2, name: "", command: "", source: "user", isEnabled: true });
});

test("a check needs a unique name and a command", () => {
  const [draft] = toDrafts({ items: [check("tests")], found: [] });
  if (draft === undefined) throw new Error("There is no draft.");
  expect(findDraftProblem([draft])).toBeNull();
  expect(findDraftProblem([draft, { ...draft, key: 1 }])).toBe(
    "Two checks are called tests. Give each a different name.",
  );
  expect(findDraftProblem([{ ...draft, name: " " }])).toBe("Give each check a name.");
  expect(findDraftProblem([{ ...draft, command: "" }])).toBe("Give each check a command.");
});
