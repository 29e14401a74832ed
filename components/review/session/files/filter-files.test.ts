import { describe, expect, test } from "vitest";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { filterListed, filterShown, listUnviewed, nextToView } from "./filter-files.ts";

const file = (path: string, status: ReviewFile["status"]): ReviewFile => ({
  path: path as FilePath,
  status,
  additions: 1,
  deletions: 0,
  isBinary: false,
});
const added = file("src/new.ts", "added");
const modified = file("src/a.ts", "modified");
const other = file("test/A.test.ts", "modified");
const kept = file("kept.ts", "kept");
const files = [added, modified, other, kept];
const viewedPaths = new Set([modified.path]);

describe("filterShown", () => {
  const show = (statuses: ReviewFile["status"][], isCombinedOnly = false) =>
    filterShown({
      files,
      statuses: statuses.filter((status) => status !== "kept"),
      isCombinedOnly,
      originOf: (path) => (path === modified.path ? "combined" : path === added.path ? "taken" : null),
    });

  test("shows all without a filter, with one those with its statuses, and never kept files", () => {
    expect(show([])).toBe(files);
    expect(show(["modified"])).toEqual([modified, other]);
    expect(show(["added", "deleted"])).toEqual([added]);
  });

  test("of a merge shows only combined files", () => {
    expect(show([], true)).toEqual([modified]);
    expect(filterShown({ files, statuses: [], isCombinedOnly: true, originOf: null })).toBe(files);
  });
});

test("the list is filtered by a part of the path in any case, and by unviewed files", () => {
  const list = (text: string, isUnviewedOnly = false) =>
    filterListed({ shown: files, text, isUnviewedOnly, viewedPaths });
  expect(list(" a.T")).toEqual([modified, other]);
  expect(list("", true)).toEqual([added, other, kept]);
  expect(list("a.t", true)).toEqual([other]);
  expect(list("nothing")).toEqual([]);
});

describe("marking as viewed moves on", () => {
  const unviewed = listUnviewed({ files, viewedPaths });

  test("to the next unviewed file, then to the first, then nowhere", () => {
    expect(unviewed).toEqual([added, other]);
    expect(nextToView({ listed: files, unviewed, marked: modified })).toBe(other);
    expect(nextToView({ listed: files, unviewed, marked: other })).toBe(added);
    expect(nextToView({ listed: files, unviewed: [added], marked: added })).toBeUndefined();
  });
});
