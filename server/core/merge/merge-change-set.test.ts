import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { decodeText, describeContent, encodeText } from "../file-content.ts";
import { comparePaths, type FileEntry, type FileTree } from "../file-tree.ts";
import { checkConservation } from "../ledger/check-conservation.ts";
import { mergeChangeSet } from "./merge-change-set.ts";
import { openWorkingTree, undoChanges } from "./working-tree.ts";

type Project = { tree: FileTree; contents: Map<ContentHash, Uint8Array>; seen: Set<ContentHash> };

function project(texts: Record<string, string>): Project {
  const entries = Object.entries(texts).sort(([a], [b]) => comparePaths(a, b));
  const contents = new Map(
    entries.map(([, text]) => [describeContent(encodeText(text)).contentHash, encodeText(text)]),
  );
  const tree = new Map<FilePath, FileEntry>(
    entries.map(([path, text]) => [path as FilePath, describeContent(encodeText(text))]),
  );
  return { tree, contents, seen: new Set(contents.keys()) };
}

function merge({
  parent,
  operations,
  isSeen = true,
  scope = null,
}: {
  parent: Project;
  operations: ChangeOperation[];
  isSeen?: boolean;
  scope?: string[] | null;
}) {
  const start = openWorkingTree({
    parent: parent.tree,
    seen: isSeen ? parent.seen : new Set(),
    scope: { include: scope, locked: [] },
  });
  return mergeChangeSet({ start, parentContents: parent.contents, changeSet: { operations } });
}

/** The child's texts, or the codes of the failures. */
function outcome(input: Parameters<typeof merge>[0]): Record<string, string> | string {
  const result = merge(input);
  if (result.status === "rejected") return result.failures.map(({ code }) => code).join(" ");
  const { tree, newContents } = result.candidate;
  return Object.fromEntries(
    [...tree].map(([path, { contentHash }]) => [
      path,
      decodeText(newContents.get(contentHash) ?? input.parent.contents.get(contentHash) ?? new Uint8Array()) ?? "",
    ]),
  );
}

const write = (path: string, content: string): ChangeOperation => ({ type: "write", path, content });
const edit = (path: string, oldText: string, newText: string): ChangeOperation => ({
  type: "edit",
  path,
  edits: [{ oldText, newText }],
});
const remove = (path: string): ChangeOperation => ({ type: "delete", path });
const move = (source: string, destination: string): ChangeOperation => ({ type: "move", source, destination });

describe("mergeChangeSet", () => {
  const parent = project({ "a.ts": "one\n", "dir/b.ts": "two\n", "dir/c.ts": "three\n", "package-lock.json": "{}\n" });
  const rest = { "dir/b.ts": "two\n", "dir/c.ts": "three\n", "package-lock.json": "{}\n" };

  test.each<[string, ChangeOperation[], Record<string, string> | string]>([
    ["adds a file", [write("d.ts", "new\n")], { "a.ts": "one\n", ...rest, "d.ts": "new\n" }],
    ["edits a file", [edit("a.ts", "one", "1")], { "a.ts": "1\n", ...rest }],
    [
      "finds a file by the end of its path",
      [edit("b.ts", "two", "2")],
      { "a.ts": "one\n", ...rest, "dir/b.ts": "2\n" },
    ],
    [
      "edits a file that it created",
      [write("d.ts", "new\n"), edit("d.ts", "new", "newer")],
      { "a.ts": "one\n", ...rest, "d.ts": "newer\n" },
    ],
    ["moves, then edits", [move("a.ts", "z.ts"), edit("z.ts", "one", "1")], { ...rest, "z.ts": "1\n" }],
    ["deletes, then adds", [remove("a.ts"), write("a.ts", "again\n")], { "a.ts": "again\n", ...rest }],
    ["writes one path twice", [write("a.ts", "x\n"), write("a.ts", "y\n")], { "a.ts": "y\n", ...rest }],
    ["changes the case of a name", [move("a.ts", "A.ts")], { "A.ts": "one\n", ...rest }],
    ["replaces a file with a directory", [remove("a.ts"), write("a.ts/x.ts", "x\n")], { "a.ts/x.ts": "x\n", ...rest }],
    [
      "writes a lock file whole",
      [write("package-lock.json", "{ }\n")],
      { "a.ts": "one\n", ...rest, "package-lock.json": "{ }\n" },
    ],
    ["refuses to edit a lock file", [edit("package-lock.json", "{}", "{ }")], "LOCK_FILE"],
    ["refuses to empty a file", [write("a.ts", "")], "EMPTIED"],
    ["refuses to move onto a file", [move("a.ts", "dir/b.ts")], "DESTINATION_EXISTS"],
    ["refuses a path that leaves the project", [write("../x.ts", "x")], "INVALID_PATH"],
    ["refuses a name that differs by case alone", [write("A.ts", "x\n")], "PATH_COLLISION"],
    ["refuses a file below a file", [write("a.ts/x.ts", "x\n")], "PATH_COLLISION"],
    ["refuses to delete what is not there", [remove("nope.ts")], "FILE_NOT_FOUND"],
    ["refuses an elision", [write("a.ts", "zero\n// ... rest of the code unchanged\n")], "ELISION"],
    ["refuses all when one fails", [write("d.ts", "new\n"), edit("a.ts", "zzzz", "q")], "NO_MATCH"],
  ])("%s", (_, operations, expected) => {
    expect(outcome({ parent, operations })).toEqual(expected);
  });

  test("refuses to replace an unseen file, and shows it", () => {
    const result = merge({ parent, operations: [write("a.ts", "other\n")], isSeen: false });
    expect(result).toMatchObject({
      status: "rejected",
      failures: [{ code: "NOT_SEEN", report: expect.stringContaining("one\n") }],
    });
  });

  test("reduces a full regeneration with one real change to that change", () => {
    const operations = [
      write("a.ts", "one\n"),
      write("dir/b.ts", "two\n"),
      write("dir/c.ts", "3\n"),
      write("package-lock.json", "{}\n"),
    ];
    const result = merge({ parent, operations });
    expect(result).toMatchObject({
      status: "merged",
      candidate: { counts: { kept: 3, modified: 1, added: 0, deleted: 0, moved: 0, total: 4 } },
    });
  });

  test("refuses what lies outside the scope", () => {
    expect(outcome({ parent, operations: [edit("a.ts", "one", "1")], scope: ["dir/**"] })).toBe("OUT_OF_SCOPE");
  });

  test("an empty change set changes nothing", () => {
    const result = merge({ parent, operations: [] });
    expect(result).toMatchObject({ status: "merged", candidate: { tree: parent.tree, changes: [] } });
  });
});

const path = fc.constantFrom("a.ts", "b.ts", "dir/c.ts", "dir/d.ts", "dir/sub/e.ts", "top.ts", "dir/new.ts");
const text = fc.constantFrom("alpha\n", "beta\ngamma\n", "delta", "epsilon\n\nzeta\n");
const parents = fc.dictionary(path, text).map(project);
const operation: fc.Arbitrary<ChangeOperation> = fc.oneof(
  fc.record({ type: fc.constant("write" as const), path, content: text }),
  fc.record({
    type: fc.constant("edit" as const),
    path,
    edits: fc.tuple(
      fc.record({ oldText: fc.constantFrom("alpha", "beta", "zeta"), newText: fc.constantFrom("one", "two") }),
    ),
  }),
  fc.record({ type: fc.constant("delete" as const), path }),
  fc.record({ type: fc.constant("move" as const), source: path, destination: path }),
);

describe("any change set on any project", () => {
  test("leaves every unnamed path unchanged, and accounts for every path once", () => {
    let mergedCount = 0;
    fc.assert(
      fc.property(parents, fc.array(operation, { maxLength: 6 }), (parent, operations) => {
        const result = merge({ parent, operations });
        if (result.status === "rejected") return;
        mergedCount += 1;
        const { tree, changes, counts } = result.candidate;
        const named = new Set(
          operations.flatMap((each) => (each.type === "move" ? [each.source, each.destination] : [each.path])),
        );
        for (const [each, entry] of parent.tree) if (!named.has(each)) expect(tree.get(each)).toEqual(entry);
        expect(checkConservation({ parent: parent.tree, tree, changes, counts })).toEqual({ status: "conserved" });
      }),
      { numRuns: 4_000 },
    );
    expect(mergedCount).toBeGreaterThan(1_000);
  });
});

describe("undoing changes", () => {
  const resume = ({
    parent,
    operations,
    undone,
  }: {
    parent: Project;
    operations: ChangeOperation[];
    undone: (paths: FilePath[]) => FilePath[];
  }) => {
    const first = merge({ parent, operations });
    if (first.status === "rejected") return null;
    const { workingTree, changes } = first.candidate;
    const start = undoChanges({ workingTree, paths: undone(changes.map((change) => change.path)) });
    return {
      first: first.candidate,
      result: mergeChangeSet({ start, parentContents: parent.contents, changeSet: { operations: [] } }),
    };
  };

  test("of all files gives the parent, of none the candidate", () => {
    fc.assert(
      fc.property(parents, fc.array(operation, { maxLength: 6 }), (parent, operations) => {
        const all = resume({ parent, operations, undone: (paths) => paths });
        if (all === null) return;
        expect(all.result).toMatchObject({ status: "merged", candidate: { changes: [] } });
        if (all.result.status === "merged") expect(all.result.candidate.tree).toEqual(parent.tree);
        const none = resume({ parent, operations, undone: () => [] });
        if (none?.result.status === "merged")
          expect(none.result.candidate).toMatchObject({
            tree: none.first.tree,
            changes: none.first.changes,
            counts: none.first.counts,
          });
      }),
      { numRuns: 3_000 },
    );
  });

  test("of any files leaves the others unchanged, and accounts for every path once, or is refused", () => {
    fc.assert(
      fc.property(
        parents,
        fc.array(operation, { maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (parent, operations, choices) => {
          const undonePaths = new Set<FilePath>();
          const resumed = resume({
            parent,
            operations,
            undone: (paths) => paths.filter((each, index) => choices[index] === true && undonePaths.add(each)),
          });
          if (resumed === null || resumed.result.status === "rejected") return;
          const { tree, changes, counts } = resumed.result.candidate;
          expect(checkConservation({ parent: parent.tree, tree, changes, counts })).toEqual({ status: "conserved" });
          for (const change of resumed.first.changes) {
            if (undonePaths.has(change.path)) expect(tree.get(change.path)).toEqual(parent.tree.get(change.path));
            else if (change.disposition === "modified" || change.disposition === "added")
              expect(tree.get(change.path)).toEqual(resumed.first.tree.get(change.path));
          }
        },
      ),
      { numRuns: 4_000 },
    );
  });

  test("is refused if two files would share a path", () => {
    const parent = project({ "a.ts": "one\n" });
    const resumed = resume({
      parent,
      operations: [remove("a.ts"), write("a.ts/x.ts", "x\n")],
      undone: () => ["a.ts" as FilePath],
    });
    expect(resumed?.result).toMatchObject({ status: "rejected", failures: [{ code: "PATH_COLLISION" }] });
  });
});
