import { expect, test } from "vitest";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import { placeAnswered } from "./place-answered.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

const parentId = "parent" as GenerationId;
const file = (path: string, over: Partial<ReviewFile> = {}): ReviewFile => ({
  path: path as FilePath,
  status: "modified",
  additions: 1,
  deletions: 1,
  isBinary: false,
  ...over,
});
const files = [
  file("a.py"),
  file("new.py", { status: "moved", previousPath: "old.py" as FilePath }),
  file("gone.py", { status: "deleted" }),
  file("kept.py", { status: "kept" }),
];

function place(path: string, over: Partial<ReviewComment> = {}): string {
  const comment: ReviewComment = {
    commentId: "1",
    generationId: parentId,
    againstGenerationId: "root" as GenerationId,
    path: path as FilePath,
    side: "additions",
    firstLine: 2,
    lastLine: 3,
    quote: "",
    body: "",
    createdAt: "",
    isSent: true,
    ...over,
  };
  const { path: at, side, first, last } = placeAnswered({ comment, parentId, files });
  return `${at} ${side} ${first}-${last}`;
}

test.each<[string, Partial<ReviewComment>, string]>([
  ["a.py", {}, "a.py deletions 2-3"],
  ["old.py", {}, "new.py deletions 2-3"],
  ["gone.py", {}, "gone.py deletions 2-3"],
  ["kept.py", {}, "kept.py additions 2-3"],
  ["not-listed.py", {}, "not-listed.py additions 2-3"],
  ["a.py", { firstLine: 0, lastLine: 0 }, "a.py additions 0-0"],
  ["gone.py", { firstLine: 0, lastLine: 0 }, "gone.py deletions 0-0"],
  ["a.py", { side: "deletions" }, "a.py additions 0-0"],
  ["a.py", { generationId: "other" as GenerationId }, "a.py additions 0-0"],
])("a comment on %s with %j stands at %s", (path, over, expected) => {
  expect(place(path, over)).toBe(expected);
});
