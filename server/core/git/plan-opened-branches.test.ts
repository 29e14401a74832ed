import { expect, test } from "vitest";
import type { ObjectId } from "#lib/contracts/ids.ts";
import { planOpenedBranches } from "./plan-opened-branches.ts";

const plan = (branches: Record<string, string>, current: string | null = null) =>
  planOpenedBranches({ branches: new Map(Object.entries(branches) as [string, ObjectId][]), current });

test("the repository's checked-out branch becomes the active version, else main, master, or the first", () => {
  expect(plan({ a: "1", trunk: "2" }, "trunk")?.main).toEqual({ name: "trunk", commitId: "2" });
  expect(plan({ a: "1", main: "2" }, "gone")?.main.name).toBe("main");
  expect(plan({ a: "1", master: "2" })?.main.name).toBe("master");
  expect(plan({ b: "1", a: "2" })?.main.name).toBe("b");
  expect(plan({})).toBeNull();
});

test("other branches become labels, and those that cannot are listed with the reason", () => {
  const { others, leftOut } = plan(
    { trunk: "1", main: "2", "fix/a": "3", "Fix/A": "4", fix: "5", v7: "6", same: "1", ok: "7", again: "7" },
    "trunk",
  ) ?? { others: [], leftOut: [] };
  expect(others.map(({ name }) => name)).toEqual(["fix/a", "ok"]);
  expect(leftOut).toEqual([
    { name: "main", reason: "its name is too like that of another branch" },
    { name: "Fix/A", reason: "its name is too like that of another branch" },
    { name: "fix", reason: "its name is too like that of another branch" },
    { name: "v7", reason: "its name cannot be the label of a version" },
    { name: "same", reason: "it is at the same commit as trunk" },
    { name: "again", reason: "it is at the same commit as ok" },
  ]);
});
