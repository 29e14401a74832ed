import { describe, expect, test } from "vitest";
import { findBranches, foldBranches } from "./find-branches.ts";
import { makeVersion, versionId } from "../testing/make-version.ts";

const versions = [
  makeVersion({ version: 6, parent: 3, isHead: true }),
  makeVersion({ version: 5, parent: 4 }),
  makeVersion({ version: 4, parent: 2 }),
  makeVersion({ version: 3, parent: 2 }),
  makeVersion({ version: 2, parent: 1 }),
  makeVersion({ version: 1 }),
];
const branches = findBranches(versions);
const numbers = (foldedAt: ReadonlySet<ReturnType<typeof versionId>> | null) =>
  foldBranches({ versions, branches, foldedAt }).shown.map(({ version }) => version);

test("a version of a branch leaves the path where its branch begins", () => {
  expect(branches.get(versionId(5))).toBe(versionId(2));
  expect(branches.get(versionId(3))).toBe(versionId(3));
});

test("a path whose older versions are not loaded yet ends at the oldest loaded one", () => {
  expect([...findBranches(versions.slice(0, 4)).keys()]).toEqual([versionId(6), versionId(3)]);
});

describe("foldBranches", () => {
  test("folds the branches of one place, and counts them there", () => {
    expect(numbers(new Set([versionId(2)]))).toEqual([6, 3, 2, 1]);
    expect(foldBranches({ versions, branches, foldedAt: new Set([versionId(2)]) }).hiddenCounts).toEqual(
      new Map([[versionId(2), 2]]),
    );
  });

  test("leaves the others unchanged", () => {
    expect(numbers(new Set())).toEqual([6, 5, 4, 3, 2, 1]);
    expect(numbers(new Set([versionId(1)]))).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test("folds all of them", () => {
    expect(numbers(null)).toEqual([6, 3, 2, 1]);
  });

  test("shows versions without a known way to the path, unless all are folded", () => {
    const partly = versions.slice(0, 4);
    const partlyBranches = findBranches(partly);
    expect(foldBranches({ versions: partly, branches: partlyBranches, foldedAt: new Set() }).shown).toHaveLength(4);
    expect(foldBranches({ versions: partly, branches: partlyBranches, foldedAt: null }).shown).toHaveLength(2);
  });
});
