import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { hashContent } from "#server/core/content-hash.ts";
import { comparePaths, type FileEntry, type FileTree } from "#server/core/file-tree.ts";
import { compareTrees } from "#server/core/ledger/compare-trees.ts";
import { decodeDirectory, encodeDirectory, TreeObjects } from "./tree-objects.ts";
import type { Transaction } from "../database.ts";

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex") as ContentHash);
const mode = fc.constantFrom<FileMode>("100644", "100755", "120000");
const entry = fc.oneof(
  fc.record({
    kind: fc.constant("file" as const),
    contentHash: hash,
    sizeBytes: fc.nat(),
    isBinary: fc.boolean(),
    mode,
  }),
  fc.record({ kind: fc.constant("directory" as const), treeHash: hash }),
);
const directory = fc
  .array(fc.tuple(fc.string({ minLength: 1, unit: "grapheme" }), entry))
  .map((entries) => new Map(entries));

describe("a stored directory", () => {
  test("decodes to the encoded entries", () => {
    fc.assert(
      fc.property(directory, (value) => {
        expect(decodeDirectory(encodeDirectory(value))).toEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test("has one encoding, regardless of insertion order", () => {
    fc.assert(
      fc.property(directory, (value) => {
        expect(encodeDirectory(new Map([...value].toReversed()))).toEqual(encodeDirectory(value));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a directory stored before entries had a mode", () => {
  const bytes = Buffer.from(
    "0107677261646c6577a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf0a02086c6f676f2e706e678f8cbb7dcf46e0bc7d53265749a6c17d116093a6ba95e442764060c76fd4a86c030003737263e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "hex",
  );

  test("reads as a directory of regular files, and encodes to its original hash", () => {
    const decoded = decodeDirectory(bytes);
    expect([...decoded.values()].map((value) => (value.kind === "file" ? value.mode : value.kind))).toEqual([
      "100644",
      "100644",
      "directory",
    ]);
    expect(hashContent(encodeDirectory(decoded))).toBe(
      "f588613122efd25326141a01ec6fe9e556b47d47a7df47e27f5a5f02c5bcebe9",
    );
  });

  test("hashes differently from one with an executable or a link in the file's place", () => {
    const decoded = decodeDirectory(bytes);
    const gradlew = decoded.get("gradlew");
    if (gradlew?.kind !== "file") throw new TypeError("The fixture holds gradlew.");
    const hashes = (["100644", "100755", "120000"] as const).map((mode) =>
      hashContent(encodeDirectory(new Map(decoded).set("gradlew", { ...gradlew, mode }))),
    );
    expect(new Set(hashes).size).toBe(3);
  });
});

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
