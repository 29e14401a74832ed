import { describe, expect, test } from "vitest";
import type { GenerationKind } from "#lib/contracts/generation-kind.ts";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { filterVersions, findPathToActive, isUnfiltered, noFilter } from "./filter-versions.ts";

const id = (version: number) => `g${version}` as GenerationId;

function makeVersion({ version, parent, ...rest }: { version: number; parent?: number; kind?: GenerationKind; prompt?: string; label?: string; isBookmarked?: boolean; isHead?: boolean; status?: "passed" | "failed" }): GenerationOutput {
  return {
    generationId: id(version),
    version,
    parentGenerationIds: parent === undefined ? [] : [id(parent)],
    kind: rest.kind ?? "iterate",
    author: "model",
    prompt: rest.prompt ?? null,
    label: rest.label ?? null,
    isBookmarked: rest.isBookmarked ?? false,
    isHead: rest.isHead ?? false,
    counts: { kept: 0, modified: 0, added: 0, deleted: 0, moved: 0, total: 0 },
    validation: { status: rest.status ?? "passed", issueCount: 0 },
    createdAt: "2026-01-01T00:00:00.000Z",
    runId: null,
    sourceGenerationId: null,
    model: "builtin:scaffold",
  };
}

const versions = [
  makeVersion({ version: 6, parent: 3, isHead: true, kind: "rollback", prompt: "Rolled back to v1" }),
  makeVersion({ version: 5, parent: 4 }),
  makeVersion({ version: 4, parent: 2, status: "failed" }),
  makeVersion({ version: 3, parent: 2, label: "Demo for Friday" }),
  makeVersion({ version: 2, parent: 1, prompt: "Add a priority field", isBookmarked: true }),
  makeVersion({ version: 1, kind: "create" }),
];
const numbers = (filter: Partial<typeof noFilter>) => filterVersions({ versions, filter: { ...noFilter, ...filter } }).map(({ version }) => version);

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

  test("lets everything pass without a filter", () => {
    expect(numbers({ text: "  " })).toHaveLength(6);
    expect(isUnfiltered({ ...noFilter, text: " " })).toBe(true);
  });
});

test("the path to the active version counts what leaves it", () => {
  expect([...findPathToActive(versions)]).toEqual([[id(6), 0], [id(3), 0], [id(2), 2], [id(1), 0]]);
});

test("a path whose older versions are not loaded yet is as long as what is known", () => {
  expect([...findPathToActive(versions.slice(0, 4)).keys()]).toEqual([id(6), id(3)]);
});
