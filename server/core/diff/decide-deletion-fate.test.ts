import { expect, test } from "vitest";
import { decideDeletionFate } from "./decide-deletion-fate.ts";

const base = "1\n2\n3\n4\n";

test.each<[string, string | null, string | null, [number, number], ReturnType<typeof decideDeletionFate>]>([
  ["the line is still deleted", "1\n3\n4\n", "1\n3\nfour\n", [2, 2], "untouched"],
  ["the line is back", "1\n3\n4\n", base, [2, 2], "touched"],
  ["one of two lines is back", "1\n4\n", "1\n3\n4\n", [2, 3], "touched"],
  ["another line is back", "1\n4\n", "1\n3\n4\n", [2, 2], "untouched"],
  ["a line between them went too", "1\n3\n4\n", "1\n4\n", [2, 3], "touched"],
  ["its file is still deleted", null, null, [2, 2], "untouched"],
  ["its file is back", null, base, [2, 2], "touched"],
  ["its file is gone since", "1\n3\n4\n", null, [2, 2], "file-gone"],
])("%s", (_, head, after, [firstLine, lastLine], expected) => {
  expect(decideDeletionFate({ base, head, after, firstLine, lastLine })).toBe(expected);
});
