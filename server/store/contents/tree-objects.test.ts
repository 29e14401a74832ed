import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { comparePaths, type FileEntry, type FileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import { TreeObjects } from "./tree-objects.ts";
import type { Transaction } from "../database.ts";

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex") as ContentHash);
const mode = fc.constantFrom<FileMode>("100644", "100755", "120000");

/** Never called: every directory of these trees is in memory. */
const transaction = {} as Transaction;

const fileEntry: fc.Arbitrary<FileEntry> = fc.record({
  contentHash: hash,
  sizeBytes: fc.nat(),
  isBinary: fc.constant(true),
  mode,
});
const paths = fc.constantFrom(
  "a.ts",
  "b.ts",
  "dir/c.ts",
  "dir/d.ts",
  "dir/sub/e.ts",
  "dir/sub/deep/f.ts",
  "other/g.ts",
  "x/y/z.ts",
);
const tree: fc.Arbitrary<FileTree> = fc.dictionary(paths, fileEntry).map(
  (files) =>
    new Map(
      Object.entries(files)
        .map(([path, value]) => [path as FilePath, value] as const)
        .sort(([a], [b]) => comparePaths(a, b)),
    ),
);

/** The changes of a generation, taken from the ledger that it is stored with. */
function changesBetween({ parent, child }: { parent: FileTree; child: FileTree }): Map<FilePath, FileEntry | null> {
  const { changes } = compareTrees({ parent, tree: child, contents: new Map(), cause: "rollback" });
  return new Map(
    changes.flatMap(({ path, previousPath }) => [
      ...(previousPath === undefined ? [] : [[previousPath, child.get(previousPath) ?? null] as const]),
      [path, child.get(path) ?? null] as const,
    ]),
  );
}

describe("the tree of a generation", () => {
  test("has the same root as an equal tree made at once, and a roll back restores the first root", async () => {
    await fc.assert(
      fc.asyncProperty(tree, tree, async (first, second) => {
        const objects = new TreeObjects();
        const start = await objects.plan({ transaction, parentRootHash: null, changes: new Map(first) });
        const next = await objects.plan({
          transaction,
          parentRootHash: start.rootHash,
          changes: changesBetween({ parent: first, child: second }),
        });
        const atOnce = await new TreeObjects().plan({
          transaction,
          parentRootHash: null,
          changes: new Map(second),
        });
        expect(next.rootHash).toBe(atOnce.rootHash);
        const back = await objects.plan({
          transaction,
          parentRootHash: next.rootHash,
          changes: changesBetween({ parent: second, child: first }),
        });
        expect(back.rootHash).toBe(start.rootHash);
        expect(await objects.load({ transaction, rootHash: back.rootHash })).toEqual(first);
      }),
      { numRuns: 1_000 },
    );
  });
});
