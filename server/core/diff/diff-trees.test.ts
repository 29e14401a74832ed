import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeContent, encodeText } from "../file-content.ts";
import type { FileTree } from "../file-tree.ts";
import { diffTrees } from "./diff-trees.ts";

function tree(texts: Record<string, string>): FileTree {
  return new Map(Object.entries(texts).map(([path, text]) => [path as FilePath, describeContent(encodeText(text))]));
}

function show({
  base,
  head,
  moves = {},
}: {
  base: Record<string, string>;
  head: Record<string, string>;
  moves?: Record<string, string>;
}): string[] {
  const known = new Map(Object.entries(moves) as [FilePath, FilePath][]);
  return diffTrees({ base: tree(base), head: tree(head), moves: known }).map(
    ({ path, previousPath, status }) => `${status} ${previousPath === undefined ? "" : `${previousPath} > `}${path}`,
  );
}

describe("diffTrees", () => {
  test("lists added, modified and deleted files by path", () => {
    expect(show({ base: { b: "1", c: "1", d: "1" }, head: { a: "2", b: "1", c: "3" } })).toEqual([
      "added a",
      "modified c",
      "deleted d",
    ]);
  });

  test("treats a file with equal content as moved, and prefers one with the same name", () => {
    expect(show({ base: { "x/a": "1", "x/b": "1" }, head: { "y/b": "1" } })).toEqual([
      "deleted x/a",
      "moved x/b > y/b",
    ]);
  });

  test("treats a path that remains as modified, even if its content went elsewhere", () => {
    expect(show({ base: { a: "1", b: "2" }, head: { a: "2", c: "1" } })).toEqual([
      "modified a",
      "deleted b",
      "added c",
    ]);
  });

  test("does not guess moves of empty files, and accepts known ones", () => {
    expect(show({ base: { a: "" }, head: { b: "" } })).toEqual(["deleted a", "added b"]);
    expect(show({ base: { a: "" }, head: { b: "" }, moves: { b: "a" } })).toEqual(["moved a > b"]);
  });

  test("accepts a known move with changed content", () => {
    expect(show({ base: { a: "1" }, head: { b: "2" }, moves: { b: "a" } })).toEqual(["moved a > b"]);
    expect(show({ base: { a: "1" }, head: { a: "3", b: "1" }, moves: { b: "a" } })).toEqual(["added a", "moved a > b"]);
  });

  test("accepts two files that swapped places", () => {
    expect(show({ base: { a: "1", b: "2" }, head: { a: "2", b: "1" }, moves: { a: "b", b: "a" } })).toEqual([
      "moved b > a",
      "moved a > b",
    ]);
  });

  test("omits known moves that contradict these two trees", () => {
    expect(show({ base: { a: "1" }, head: { a: "1", b: "1" }, moves: { b: "a" } })).toEqual(["added b"]);
    expect(show({ base: { a: "1", b: "2" }, head: { b: "3" }, moves: { b: "a" } })).toEqual([
      "deleted a",
      "modified b",
    ]);
    expect(show({ base: { a: "1", b: "2", c: "3" }, head: { b: "1", c: "2" }, moves: { b: "a", c: "b" } })).toEqual([
      "deleted a",
      "modified b",
      "modified c",
    ]);
  });

  test("explains every path of both trees once, whatever moves are claimed", () => {
    const paths = fc.constantFrom("a", "b", "c", "d/a", "d/b");
    const texts = fc.dictionary(paths, fc.constantFrom("", "1", "2", "3"));
    fc.assert(
      fc.property(texts, texts, fc.dictionary(paths, paths), (base, head, moves) => {
        const differences = diffTrees({
          base: tree(base),
          head: tree(head),
          moves: new Map(Object.entries(moves) as [FilePath, FilePath][]),
        });
        const rebuilt = new Map(tree(base));
        for (const { path, previousPath, oldEntry } of differences)
          if (oldEntry !== undefined) expect(rebuilt.get(previousPath ?? path)).toEqual(oldEntry);
        for (const { path, previousPath, oldEntry } of differences)
          if (oldEntry !== undefined) expect(rebuilt.delete(previousPath ?? path)).toBe(true);
        for (const { path, newEntry } of differences) {
          if (newEntry === undefined) continue;
          expect(rebuilt.has(path)).toBe(false);
          rebuilt.set(path, newEntry);
        }
        expect(rebuilt).toEqual(tree(head));
      }),
      { numRuns: 3_000 },
    );
  });
});
