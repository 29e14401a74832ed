import { expect, test } from "vitest";
import type { ProposedChange } from "#lib/contracts/runs/run.ts";
import { toLeftOutChanges } from "./left-out-files.ts";

const change = (index: number, path: string, more: Partial<ProposedChange> = {}): ProposedChange => ({
  index,
  path,
  type: "edit",
  reason: `${path} is locked.`,
  patch: `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,1 +1,2 @@\n-a\n+b\n+c\n`,
  problem: null,
  ...more,
});

test("left out changes are files grouped by reason, and two of one file are distinguished", () => {
  const { files, patches, problems, causes, indexOf } = toLeftOutChanges([
    change(0, "a.py"),
    change(1, "a.py"),
    change(2, "b.py", {
      type: "write",
      reason: "b.py is outside the files that this run may change.",
      patch: "diff --git a/b.py b/b.py\nnew file mode 100644\n--- /dev/null\n+++ b/b.py\n@@ -0,0 +1,1 @@\n+x\n",
    }),
    change(3, "c.py", { patch: "", problem: "It is there already.", reason: "Something else." }),
  ]);
  expect(files.map(({ path, status, additions, deletions }) => [path, status, additions, deletions])).toEqual([
    ["a.py", "modified", 2, 1],
    ["a.py (2)", "modified", 2, 1],
    ["b.py", "added", 1, 0],
    ["c.py", "modified", 0, 0],
  ]);
  expect([...patches.values()].map(({ hunks }) => hunks.length)).toEqual([1, 1, 1, 0]);
  expect([...problems]).toEqual([["c.py", "It is there already."]]);
  expect(causes.map(({ title, paths }) => [title, paths])).toEqual([
    ["Left out: locked", ["a.py", "a.py (2)"]],
    ["Left out: outside the files you allowed", ["b.py"]],
    ["Left out", ["c.py"]],
  ]);
  expect([...indexOf.values()]).toEqual([0, 1, 2, 3]);
});
