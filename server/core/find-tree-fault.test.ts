import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { describeContent, encodeText } from "./file-content.ts";
import { findTreeFault } from "./find-tree-fault.ts";
import { emptyFileTree, type FileTree } from "./file-tree.ts";

const entry = describeContent(encodeText("x\n"));

function toTree(paths: readonly string[]): FileTree {
  return new Map([...new Set(paths)].map((path) => [path as FilePath, entry]));
}

function findFault({ parent, tree }: { parent: FileTree; tree: FileTree }) {
  const changedPaths = [...new Set([...parent.keys(), ...tree.keys()])].filter(
    (path) => parent.has(path) !== tree.has(path),
  );
  return findTreeFault({ parent, tree, changedPaths, contents: new Map() });
}

/** A case-insensitive disk: a directory is a map, and a name is taken once, however it is spelled. */
function fitsOnDisk(paths: Iterable<string>): boolean {
  type Directory = Map<string, { spelling: string; below: Directory | null }>;
  const root: Directory = new Map();
  for (const path of paths) {
    const segments = path.split("/");
    let directory = root;
    for (const [index, spelling] of segments.entries()) {
      const isFile = index === segments.length - 1;
      const key = spelling.toLowerCase();
      const known = directory.get(key);
      if (known !== undefined && (isFile || known.below === null || known.spelling !== spelling)) return false;
      const below = known?.below ?? (isFile ? null : new Map());
      if (known === undefined) directory.set(key, { spelling, below });
      if (below !== null) directory = below;
    }
  }
  return true;
}

const path = fc
  .array(fc.constantFrom("a", "A", "b", "B", "lib", "Lib"), { minLength: 1, maxLength: 3 })
  .map((segments) => segments.join("/"));

describe("the tree law", () => {
  test("accepts exactly what a case-insensitive disk can hold", () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 6 }), fc.array(path, { maxLength: 6 }), (before, after) => {
        fc.pre(fitsOnDisk(new Set(before)));
        const tree = toTree(after);
        const fault = findFault({ parent: toTree(before), tree });
        expect(fault === null).toBe(fitsOnDisk(tree.keys()));
        if (fault?.rule === "collision") expect(fitsOnDisk(fault.paths)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  test("accepts a version that has no more collisions than its parent", () => {
    const parent = toTree(["NOTES.md", "Notes.md", "main.py"]);
    expect(findFault({ parent, tree: toTree(["NOTES.md", "Notes.md", "main.py", "new.py"]) })).toBeNull();
    expect(findFault({ parent, tree: toTree(["NOTES.md", "Notes.md", "notes.md"]) })).toMatchObject({
      rule: "collision",
    });
  });

  test("lets a project over a limit shrink, and not grow", () => {
    const paths = Array.from({ length: limits.projectFiles + 2 }, (_, index) => `d/${index}`);
    const parent = toTree(paths);
    expect(findFault({ parent, tree: toTree(paths.slice(1)) })).toBeNull();
    expect(findFault({ parent, tree: toTree([...paths, "e"]) })).toMatchObject({ rule: "limit" });
  });

  test.each<[string, Partial<typeof entry>, string]>([
    ["a text over its limit", { sizeBytes: limits.textFileBytes + 1 }, "textFileBytes"],
    ["a binary file over its limit", { sizeBytes: limits.binaryFileBytes + 1, isBinary: true }, "binaryFileBytes"],
  ])("refuses %s", (_, change, limit) => {
    const tree = new Map([["f" as FilePath, { ...entry, ...change }]]);
    expect(findFault({ parent: emptyFileTree, tree })).toMatchObject({ rule: "limit", limit, path: "f" });
  });

  test.each(["../x", "a//b", ".git/config", "con", `${"d/".repeat(limits.pathDepth)}f`])(
    "refuses the path %s",
    (bad) => {
      expect(findFault({ parent: emptyFileTree, tree: toTree([bad]) })).toMatchObject({ rule: "path", path: bad });
    },
  );

  test("refuses a link out of the project", () => {
    const bytes = encodeText("../secret");
    const link = { ...describeContent(bytes), mode: "120000" as FileMode };
    const tree = new Map([["link" as FilePath, link]]);
    expect(
      findTreeFault({
        parent: emptyFileTree,
        tree,
        changedPaths: tree.keys(),
        contents: new Map([[link.contentHash, bytes]]),
      }),
    ).toMatchObject({ rule: "link", path: "link" });
  });
});
