import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/ledger.ts";
import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { groupHeldChanges } from "./group-held-changes.ts";

const change = (path: string): LedgerEntry => ({
  path: path as FilePath,
  disposition: "modified",
  additions: 1,
  deletions: 1,
  cause: "write",
});
const propose = (path: string, group: string) =>
  ({ path, group, decision: "accept" }) as { path: FilePath; group: FilePath; decision: "accept" };

test("files that belong together are one group, doubtful files come first", () => {
  const issue = { validator: "lost-symbols", severity: "strong", path: "d.py", message: "x" } as ValidationIssue;
  const { groups, single } = groupHeldChanges({
    changes: ["a.py", "b.py", "c.py", "d.py"].map(change),
    issues: [issue],
    proposed: [propose("a.py", "a.py"), propose("b.py", "b.py"), propose("c.py", "a.py"), propose("d.py", "d.py")],
  });
  expect(groups.map(({ cause, changes }) => [cause, changes.map(({ path }) => path)])).toEqual([
    ["These files belong together: one imports another.", ["a.py", "c.py"]],
  ]);
  expect(single.map(({ path }) => path)).toEqual(["d.py", "b.py"]);
});

test("a renaming names its group, and nothing is grouped before the proposal is there", () => {
  const paths = ["a.py", "b.py"] as FilePath[];
  const renaming: ValidationIssue = {
    validator: "renames",
    severity: "info",
    path: paths[0] ?? ("" as FilePath),
    paths,
    message: "Renamed, nothing lost: item → note in 2 files.",
  };
  const changes = paths.map(change);
  const proposed = paths.map((path) => propose(path, "a.py"));
  expect(groupHeldChanges({ changes, issues: [renaming], proposed }).groups[0]?.cause).toBe(renaming.message);
  expect(groupHeldChanges({ changes, issues: [renaming], proposed: [] })).toMatchObject({
    groups: [],
    single: changes,
  });
});
