import { describe, expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { nameMode } from "#lib/contracts/runs/name-mode.ts";
import { describeContent, encodeText } from "../file-content.ts";
import type { FileTree } from "../file-tree.ts";
import { compareTrees } from "../ledger/compare-trees.ts";
import { wholeProject } from "./scopes/change-scope.ts";
import { mergeChangeSet } from "./merge-change-set.ts";
import { rebaseChanges } from "./rebase-changes.ts";
import { openWorkingTree } from "./working-tree.ts";

const modes = ["100644", "100755", "120000"] as const;
const contents = new Map<ContentHash, Uint8Array>();

function toTree(files: Record<string, readonly [text: string, mode: FileMode]>): FileTree {
  return new Map(
    Object.entries(files).map(([path, [text, mode]]) => {
      const bytes = encodeText(text);
      const entry = { ...describeContent(bytes), mode };
      contents.set(entry.contentHash, bytes);
      return [path as FilePath, entry];
    }),
  );
}

function apply({ parent, operations }: { parent: FileTree; operations: ChangeOperation[] }) {
  const seen = new Set([...parent.values()].map(({ contentHash }) => contentHash));
  const start = openWorkingTree({ parent, seen, scope: wholeProject });
  return mergeChangeSet({ start, parentContents: contents, changeSet: { operations } });
}

function readMode(result: ReturnType<typeof apply>): FileMode | undefined {
  return result.status === "merged" ? result.candidate.tree.get("f" as FilePath)?.mode : undefined;
}

describe("the mode of a written file", () => {
  const pairs = [null, ...modes].flatMap((was) => modes.map((mode) => [was, mode] as const));

  test.each(pairs)("from %s to %s is as the write says", (was, mode) => {
    const parent = toTree(was === null ? {} : { f: ["target", was] });
    const write: ChangeOperation = { type: "write", path: "f", content: "other", ...nameMode({ mode, was }) };
    expect(readMode(apply({ parent, operations: [write] }))).toBe(mode);
    const onlyMode: ChangeOperation = { type: "write", path: "f", content: "target", ...nameMode({ mode, was }) };
    const result = apply({ parent, operations: [onlyMode] });
    expect(readMode(result)).toBe(mode);
    expect(result.status === "merged" && result.candidate.counts).toMatchObject(
      was === null ? { added: 1 } : was === mode ? { kept: 1 } : { modified: 1 },
    );
  });

  test.each(modes)("of %s is kept by an edit, a write and a move", (mode) => {
    const parent = toTree({ f: ["target", mode] });
    for (const operation of [
      { type: "write", path: "f", content: "other" },
      { type: "edit", path: "f", edits: [{ oldText: "target", newText: "other" }] },
    ] satisfies ChangeOperation[])
      expect(readMode(apply({ parent, operations: [operation] }))).toBe(mode);
    const moved = apply({ parent, operations: [{ type: "move", source: "f", destination: "g" }] });
    expect(moved.status === "merged" && moved.candidate.tree.get("g" as FilePath)?.mode).toBe(mode);
  });

  test("a link is not made executable", () => {
    const parent = toTree({ f: ["target", "120000"] });
    const write: ChangeOperation = { type: "write", path: "f", content: "x", executable: true };
    expect(apply({ parent, operations: [write] })).toMatchObject({
      status: "rejected",
      failures: [{ code: "INVALID_LINK" }],
    });
  });
});

describe("changes carried over to another version", () => {
  const base = { f: ["one\ntwo\nthree\n", "100644"] } as const;
  test.each<[string, Parameters<typeof toTree>[0], Parameters<typeof toTree>[0], Parameters<typeof toTree>[0] | null]>([
    [
      "a mode alone, beside another text",
      { f: ["one\ntwo\nthree\n", "100755"] },
      { f: ["ONE\ntwo\nthree\n", "100644"] },
      { f: ["ONE\ntwo\nthree\n", "100755"] },
    ],
    [
      "a text, beside another mode",
      { f: ["one\ntwo\nTHREE\n", "100644"] },
      { f: ["ONE\ntwo\nthree\n", "100755"] },
      { f: ["ONE\ntwo\nTHREE\n", "100755"] },
    ],
    [
      "new files of each kind",
      { ...base, tool: ["t\n", "100755"], link: ["f", "120000"] },
      { f: ["x\n", "100644"] },
      { f: ["x\n", "100644"], tool: ["t\n", "100755"], link: ["f", "120000"] },
    ],
    ["a file that became a link, where the text changed", { f: ["g", "120000"] }, { f: ["x\n", "100644"] }, null],
    ["a deletion, where the mode changed", {}, { f: ["one\ntwo\nthree\n", "100755"] }, null],
    ["a file that became a link", { f: ["g", "120000"] }, base, { f: ["g", "120000"] }],
  ])("%s", (_, ours, theirs, expected) => {
    const { changes } = compareTrees({ parent: toTree(base), tree: toTree(ours), contents, cause: "edit" });
    const head = toTree(theirs);
    const rebased = rebaseChanges({ changes, head, contents });
    if (rebased.status === "conflicted") return expect(expected).toBeNull();
    const result = apply({ parent: head, operations: rebased.changeSet.operations });
    return expect(result.status === "merged" && result.candidate.tree).toEqual(
      expected === null ? "a conflict" : new Map([...toTree(expected)].sort(([a], [b]) => (a < b ? -1 : 1))),
    );
  });
});
