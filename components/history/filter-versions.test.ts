import { describe, expect, test } from "vitest";
import { filterVersions, isUnfiltered, noFilter } from "./filter-versions.ts";
import { makeVersion } from "./testing/make-version.ts";

const versions = [
  makeVersion({ version: 6, parent: 3, isHead: true, kind: "rollback", prompt: "Rolled back to v1" }),
  makeVersion({ version: 5, parent: 4 }),
  makeVersion({ version: 4, parent: 2, status: "failed" }),
  makeVersion({ version: 3, parent: 2, label: "Demo for Friday" }),
  makeVersion({ version: 2, parent: 1, prompt: "Add a priority field", isBookmarked: true }),
  makeVersion({ version: 1, kind: "create" }),
];
const numbers = (filter: Partial<typeof noFilter>) =>
  filterVersions({ versions, filter: { ...noFilter, ...filter }, ofCommit: null }).map(({ version }) => version);

describe("filterVersions", () => {
  test.each([
    ["every word, wherever it is", { text: "field PRIORITY" }, [2]],
    ["the label", { text: "friday" }, [3]],
    ["the kind's own words", { text: "roll back" }, [6]],
    ["kind", { kind: "create" as const }, [1]],
    ["status", { status: "failed" as const }, [4]],
    ["bookmarks", { isBookmarkedOnly: true }, [2]],
    ["all of them together", { isBookmarkedOnly: true, text: "friday" }, []],
  ])("by %s", (_, filter, expected) => {
    expect(numbers(filter)).toEqual(expected);
    expect(isUnfiltered({ ...noFilter, ...filter })).toBe(false);
  });

  test("a version named by its commit matches the text, and still has to match the other filters", () => {
    const ofCommit = versions[0]?.generationId ?? null;
    const find = (filter: Partial<typeof noFilter>) =>
      filterVersions({ versions, filter: { ...noFilter, text: "deadbee", ...filter }, ofCommit });
    expect(find({}).map(({ version }) => version)).toEqual([6]);
    expect(find({ kind: "create" })).toEqual([]);
  });

  test("lets everything pass without a filter", () => {
    expect(numbers({ text: "  " })).toHaveLength(6);
    expect(isUnfiltered({ ...noFilter, text: " " })).toBe(true);
  });
});
