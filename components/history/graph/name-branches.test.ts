import { expect, test } from "vitest";
import { findBranches } from "./find-branches.ts";
import { makeVersion, versionId } from "../testing/make-version.ts";
import { nameBranches } from "./name-branches.ts";

test("a branch is named at its newest version, by its label or by its start", () => {
  const versions = [
    makeVersion({ version: 7, parent: 5, label: "With dates" }),
    makeVersion({ version: 6, parent: 3, isHead: true }),
    makeVersion({ version: 5, parent: 2 }),
    makeVersion({ version: 4, parent: 2 }),
    makeVersion({ version: 3, parent: 2 }),
    makeVersion({ version: 2, parent: 1 }),
    makeVersion({ version: 1 }),
  ];
  expect([...nameBranches({ versions, branches: findBranches(versions) })]).toEqual([
    [versionId(7), "With dates"],
    [versionId(4), "branch of v2"],
  ]);
});
