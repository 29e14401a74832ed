import { expect, test } from "vitest";
import { decideCommentFate } from "./decide-comment-fate.ts";

const before = "1\n2\n3\n4\n5\n";

test.each<[string, string | null, [number, number], ReturnType<typeof decideCommentFate>]>([
  ["the line is another", "1\n2\nthree\n4\n5\n", [3, 3], "touched"],
  ["the line is gone", "1\n2\n4\n5\n", [3, 3], "touched"],
  ["another line changed", "one\n2\n3\n4\nfive\n", [3, 3], "untouched"],
  ["lines came before", "0\n0\n1\n2\n3\n4\n5\n", [3, 3], "untouched"],
  ["a line came behind", "1\n2\n3\nnew\n4\n5\n", [3, 3], "untouched"],
  ["a line came between", "1\n2\n3\nnew\n4\n5\n", [2, 4], "touched"],
  ["one of the lines changed", "1\n2\n3\nfour\n5\n", [2, 4], "touched"],
  ["nothing changed", before, [1, 5], "untouched"],
  ["the file is gone", null, [1, 1], "file-gone"],
  ["the file is empty", "", [2, 2], "touched"],
])("%s", (_, after, [firstLine, lastLine], expected) => {
  expect(decideCommentFate({ before, after, firstLine, lastLine })).toBe(expected);
});
