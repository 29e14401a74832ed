import { describe, expect, test } from "vitest";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { describeContent, encodeText } from "../file-content.ts";
import type { FileTree } from "../file-tree.ts";
import { compareTrees } from "../ledger/compare-trees.ts";
import { findRebaseHashes, rebaseChanges } from "./rebase-changes.ts";

const contents = new Map<ContentHash, Uint8Array>();

function plant(files: Record<string, string>): FileTree {
  return new Map(
    Object.entries(files).map(([path, text]) => {
      const bytes = encodeText(text);
      const entry = describeContent(bytes);
      contents.set(entry.contentHash, bytes);
      return [path as FilePath, entry];
    }),
  );
}

function rebase({ base, ours, theirs }: Record<"base" | "ours" | "theirs", Record<string, string>>) {
  const { changes } = compareTrees({ parent: plant(base), tree: plant(ours), contents, cause: "edit" });
  const head = plant(theirs);
  for (const hash of findRebaseHashes({ changes, head })) expect(contents.has(hash)).toBe(true);
  return rebaseChanges({ changes, head, contents });
}

const base = { "a.txt": "one\ntwo\nthree\n", "b.txt": "b\n" };

describe("rebaseChanges", () => {
  test.each([
    [
      "a file that is the same there",
      { ...base, "a.txt": "ONE\ntwo\nthree\n" },
      { ...base, "b.txt": "B\n" },
      [{ type: "write", path: "a.txt", content: "ONE\ntwo\nthree\n", encoding: "utf8" }],
    ],
    [
      "other lines of one file",
      { ...base, "a.txt": "ONE\ntwo\nthree\n" },
      { ...base, "a.txt": "one\ntwo\nTHREE\n" },
      [{ type: "write", path: "a.txt", content: "ONE\ntwo\nTHREE\n", encoding: "utf8" }],
    ],
    ["a change that is there already", { ...base, "a.txt": "new\n" }, { ...base, "a.txt": "new\n" }, []],
    [
      "a new file",
      { ...base, "c.txt": "c\n" },
      { "a.txt": "x\n" },
      [{ type: "write", path: "c.txt", content: "c\n", encoding: "utf8" }],
    ],
    [
      "a deletion of a file that is the same there",
      { "b.txt": "b\n" },
      { ...base, "b.txt": "B\n" },
      [{ type: "delete", path: "a.txt" }],
    ],
    ["a deletion that is there already", { "b.txt": "b\n" }, { "b.txt": "b\n" }, []],
  ])("carries over %s", (_, ours, theirs, operations) => {
    expect(rebase({ base, ours, theirs })).toEqual({ status: "rebased", changeSet: { operations } });
  });

  test.each([
    [
      "lines that both changed",
      { ...base, "a.txt": "1\ntwo\nthree\n" },
      { ...base, "a.txt": "I\ntwo\nthree\n" },
      {
        path: "a.txt",
        reason: "changed-on-both-sides",
        places: [{ line: 1, base: "one\n", ours: "1\n", theirs: "I\n" }],
      },
    ],
    [
      "an edit of a file that is gone",
      { ...base, "a.txt": "1\n" },
      { "b.txt": "b\n" },
      { path: "a.txt", reason: "gone-there", places: [] },
    ],
    [
      "a deletion of a file that was changed",
      { "b.txt": "b\n" },
      { ...base, "a.txt": "1\n" },
      { path: "a.txt", reason: "changed-there", places: [] },
    ],
    [
      "two new files of one name",
      { ...base, "c.txt": "c\n" },
      { ...base, "c.txt": "C\n" },
      { path: "c.txt", reason: "added-there", places: [] },
    ],
    [
      "binary contents",
      { ...base, "b.txt": "\0b" },
      { ...base, "b.txt": "\0B" },
      { path: "b.txt", reason: "binary", places: [] },
    ],
  ])("reports %s as a conflict", (_, ours, theirs, conflict) => {
    expect(rebase({ base, ours, theirs })).toEqual({ status: "conflicted", conflicts: [conflict] });
  });

  test("a move carries along what was changed there, and does not overwrite another file", () => {
    const [hash] = [...plant(base).values()].map(({ contentHash }) => contentHash);
    if (hash === undefined) throw new Error("The base has a file.");
    const moved = {
      path: "c.txt" as FilePath,
      previousPath: "a.txt" as FilePath,
      disposition: "moved",
      oldHash: hash,
      newHash: hash,
      additions: 0,
      deletions: 0,
      cause: "move",
    } as const;
    expect(rebaseChanges({ changes: [moved], head: plant({ "a.txt": "changed\n" }), contents })).toEqual({
      status: "rebased",
      changeSet: { operations: [{ type: "move", source: "a.txt", destination: "c.txt" }] },
    });
    expect(rebaseChanges({ changes: [moved], head: plant({ ...base, "c.txt": "taken\n" }), contents })).toEqual({
      status: "conflicted",
      conflicts: [{ path: "c.txt", reason: "added-there", places: [] }],
    });
    expect(rebaseChanges({ changes: [moved], head: plant({ "c.txt": base["a.txt"] }), contents })).toEqual({
      status: "rebased",
      changeSet: { operations: [] },
    });
  });
});
