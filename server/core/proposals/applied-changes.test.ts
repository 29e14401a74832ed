import { expect, test } from "vitest";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { AppliedChanges } from "./applied-changes.ts";

const hash = (text: string) => text as ContentHash;
const edit = (...edits: [oldText: string, newText: string, nearLine?: number][]): ChangeOperation => ({
  type: "edit",
  path: "a.py",
  edits: edits.map(([oldText, newText, nearLine]) => ({
    oldText,
    newText,
    ...(nearLine === undefined ? {} : { nearLine }),
  })),
});

function afterApplying(operation: ChangeOperation): AppliedChanges {
  const applied = new AppliedChanges();
  applied.add({ operation, path: "a.py", hash: hash("before") });
  return applied;
}
const left = (applied: AppliedChanges, operation: ChangeOperation, now = "after") =>
  applied.withoutRepetitions({ operation, path: "a.py", hash: hash(now) });

test.each<[string, ChangeOperation]>([
  ["an edit", edit(["a", "a,b"])],
  ["a write", { type: "write", path: "a.py", content: "x" }],
  ["a move", { type: "move", source: "a.py", destination: "b.py" }],
])("%s that comes again is known, and is new where its file is as it was before", (_, operation) => {
  const applied = afterApplying(operation);
  expect(left(applied, operation)).toBeNull();
  expect(left(applied, operation, "before")).toEqual(operation);
});

test("a repeated deletion is recognised while its file is gone, and is new after the file was written again", () => {
  const operation: ChangeOperation = { type: "delete", path: "a.py" };
  const applied = afterApplying(operation);
  expect(applied.withoutRepetitions({ operation, path: "a.py", hash: null })).toBeNull();
  expect(left(applied, operation)).toEqual(operation);
});

test("an edit is reduced to its new blocks, whichever calls they came in", () => {
  const applied = afterApplying(edit(["a", "b"], ["c", "d"]));
  expect(left(applied, edit(["c", "d"], ["e", "f"], ["a", "b"]))).toEqual(edit(["e", "f"]));
  expect(left(applied, edit(["a", "b"]))).toBeNull();
});

test("a block repeated in one edit counts once, and twice if it names two positions", () => {
  const applied = new AppliedChanges();
  expect(left(applied, edit(["a", "b"], ["a", "b"]))).toEqual(edit(["a", "b"]));
  expect(left(applied, edit(["a", "b", 1], ["a", "b", 9]))).toEqual(edit(["a", "b", 1], ["a", "b", 9]));
});

test("another content, text or file is not a repetition", () => {
  const applied = afterApplying({ type: "write", path: "a.py", content: "x" });
  expect(left(applied, { type: "write", path: "a.py", content: "y" })).not.toBeNull();
  const other: ChangeOperation = { type: "write", path: "b.py", content: "x" };
  expect(applied.withoutRepetitions({ operation: other, path: "b.py", hash: null })).toEqual(other);
});
