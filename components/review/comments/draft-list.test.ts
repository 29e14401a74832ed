import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { formatDrafts, parseDrafts, toDraft } from "./draft-list.ts";

const path = "src/a file.ts" as FilePath;

test("drafts come back as they were written, on lines, on a file, and of a comment that is there", () => {
  const drafts = [
    toDraft({ place: { path, side: "additions", first: 3, last: 3 }, commentId: null }),
    toDraft({ place: { path, side: "deletions", first: 3, last: 5 }, commentId: null }),
    toDraft({ place: { path, side: "additions", first: 0, last: 0 }, commentId: null }),
    toDraft({ place: { path, side: "additions", first: 3, last: 3 }, commentId: "0192-abc" }),
  ];
  expect(new Set(drafts.map(({ draftId }) => draftId)).size).toBe(4);
  expect(parseDrafts(formatDrafts(drafts))).toEqual(drafts);
});

test("a line that says no place is left out", () => {
  expect(parseDrafts(`R3 - ${path}\nwhatever\n{"a":1}\n\nX1 - a`)).toHaveLength(1);
  expect(parseDrafts(null)).toEqual([]);
});
