import { expect, test } from "vitest";
import type { MergeConflictOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileChoice } from "../choices.ts";
import { listConflictNotes, listOpenStops, toConflictChanges } from "./conflict-files.ts";

const [path, gone] = ["src/a.txt", "gone.txt"] as [FilePath, FilePath];
const conflicts: MergeConflictOutput[] = [
  {
    path,
    reason: "both-changed",
    oursMode: "100644",
    theirsMode: "100644",
    patch: "@@ -1,1 +1,1 @@\n-a\n+b\n",
    parts: [
      { type: "conflict", ours: "a\n", theirs: "b\n", base: "x\n" },
      { type: "merged", text: "c\n" },
      { type: "conflict", ours: "d\n", theirs: "", base: "d\ne\n" },
    ],
  },
  {
    path: gone,
    reason: "changed-and-deleted",
    oursMode: "100644",
    theirsMode: null,
    patch: "@@ -1,1 +0,0 @@\n-a\n",
    parts: null,
  },
];

test("conflicts are files with a change per hunk, grouped by reason", () => {
  const { files, patches, wholePaths, causes } = toConflictChanges(conflicts);
  expect(files.map(({ path: of, status, additions, deletions }) => [of, status, additions, deletions])).toEqual([
    [gone, "deleted", 0, 1],
    [path, "modified", 1, 2],
  ]);
  expect(patches.get(path)?.hunks).toHaveLength(2);
  expect([...wholePaths]).toEqual([gone]);
  expect(causes.map(({ title, paths }) => [title, paths])).toEqual([
    ["One version changed it, the other deleted or moved it", [gone]],
    ["Both versions changed the same lines", [path]],
  ]);
});

test("a conflict is shown at its last line, and is a stop while undecided", () => {
  const { patches } = toConflictChanges(conflicts);
  expect(listConflictNotes({ conflicts, patches })).toMatchObject([
    { id: path, side: "additions", line: 1 },
    { id: path, side: "deletions", line: 3 },
  ]);
  const read = (choices: ReadonlyMap<FilePath, FileChoice>) =>
    listOpenStops({ conflicts, patches, choices }).map(({ path: of, line, hunk }) => [of, line, hunk]);
  expect(read(new Map())).toEqual([
    [gone, 0, undefined],
    [path, 1, 0],
    [path, 3, 1],
  ]);
  expect(
    read(
      new Map<FilePath, FileChoice>([
        [gone, { whole: "old", lines: new Map() }],
        [path, { whole: null, lines: new Map([[0, "take"]]) }],
      ]),
    ),
  ).toEqual([[path, 3, 1]]);
});
