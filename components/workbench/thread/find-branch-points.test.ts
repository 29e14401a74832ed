import { expect, test } from "vitest";
import { versionId } from "../../history/testing/make-version.ts";
import { findBranchPoints } from "./find-branch-points.ts";
import { layOutEntries } from "./lay-out-entries.ts";
import { makeRunEntry, makeVersionEntry } from "./testing/make-entry.ts";

const entries = [
  makeVersionEntry({ version: 4, parent: 2 }),
  makeRunEntry({ id: "held", parent: 3 }),
  makeVersionEntry({ version: 3, parent: 2 }),
  makeVersionEntry({ version: 2, parent: 1 }),
  makeVersionEntry({ version: 1 }),
];

test("a version says where it branches from, if that is not the version before it", () => {
  expect([...findBranchPoints(entries)]).toEqual([[versionId(4), 2]]);
});

test("an unloaded parent is not named", () => {
  expect([...findBranchPoints(entries.slice(0, 3))]).toEqual([]);
});

test("a run is attached to its base version, and branches have their own columns", () => {
  const lanes = layOutEntries(entries);
  const column = (id: string) => lanes.get(id)?.lane;
  expect(column("held")).toBe(column(versionId(3)));
  expect(column(versionId(4))).not.toBe(column(versionId(3)));
  expect(column(versionId(2))).toBe(column(versionId(4)));
});
