import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { formatDrafts, parseDrafts, toDraft } from "./draft-list.ts";

const path = "src/a file.ts" as FilePath;

test("drafts are read back as written: on lines, on a file, and of an existing comment", () => {
  const drafts = [
    toDraft({ place: { path, side: "additions", first: 3, last: 3 }, commentId: null }),
    toDraft({ place: { path, side: "deletions", first: 3, last: 5 }, commentId: null }),
    toDraft({ place: { path, side: "additions", first: 0, last: 0 }, commentId: null }),
    toDraft({ place: { path, side: "additions", first: 3, last: 3 }, commentId: "0192-abc" }),
  ];
  expect(new Set(drafts.map(({ draftId }) => draftId)).size).toBe(4);
  expect(parseDrafts(formatDrafts(drafts))).toEqual(drafts);
});

test("a line without a place is skipped", () => {
  expect(parseDrafts(`R3 - ${path}\nwhatever\n{"a":1}\n\nX1 - a`)).toHaveLength(1);
  expect(parseDrafts(null)).toEqual([]);
});
