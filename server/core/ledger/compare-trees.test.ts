import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeContent, encodeText } from "../file-content.ts";
import type { FileEntry, FileTree } from "../file-tree.ts";
import { checkConservation } from "./check-conservation.ts";
import { compareTrees } from "./compare-trees.ts";

const contents = new Map(
  ["", "a\n", "b\n", "a\nb\n", "c"].map((text) => [describeContent(encodeText(text)).contentHash, encodeText(text)]),
);
const entries: FileEntry[] = [...contents.values()].flatMap((bytes) =>
  (["100644", "100755", "120000"] as const).map((mode) => ({ ...describeContent(bytes), mode })),
);
const tree: fc.Arbitrary<FileTree> = fc
  .dictionary(fc.constantFrom("a.ts", "b.ts", "dir/c.ts", "dir/d.ts", "e/f/g.ts"), fc.constantFrom(...entries))
  .map((files) => new Map(Object.entries(files).map(([path, entry]) => [path as FilePath, entry])));

describe("the ledger between two trees", () => {
  test("accounts for every path of both once, whatever they contain", () => {
    fc.assert(
      fc.property(tree, tree, (parent, child) => {
        const ledger = compareTrees({ parent, tree: child, contents, cause: "rollback" });
        expect(checkConservation({ parent, tree: child, ...ledger })).toEqual({ status: "conserved" });
      }),
      { numRuns: 2_000 },
    );
  });

  test("is empty between equal trees", () => {
    fc.assert(
      fc.property(tree, (same) => {
        expect(compareTrees({ parent: same, tree: same, contents, cause: "rollback" }).changes).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("checkConservation", () => {
  test("rejects a kept path with another mode", () => {
    const entry = describeContent(encodeText("a\n"));
    const path = "gradlew" as FilePath;
    const parent = new Map([[path, { ...entry, mode: "100755" as const }]]);
    const counts = { kept: 1, modified: 0, added: 0, deleted: 0, moved: 0, total: 1 };
    expect(checkConservation({ parent, tree: new Map([[path, entry]]), changes: [], counts })).toEqual({
      status: "violated",
      violations: expect.arrayContaining(["gradlew: is called kept but is 100644 and was 100755"]),
    });
  });

  test("reads old rows without modes as regular files", () => {
    fc.assert(
      fc.property(tree, tree, (withModes, otherWithModes) => {
        const [parent, child] = [withModes, otherWithModes].map(
          (each) => new Map([...each].map(([path, entry]) => [path, { ...entry, mode: "100644" as const }])),
        );
        if (parent === undefined || child === undefined) return;
        const { changes, counts } = compareTrees({ parent, tree: child, contents, cause: "rollback" });
        const rows = changes.map((change) => {
          const row = { ...change };
          delete row.oldMode;
          delete row.newMode;
          return row;
        });
        expect(checkConservation({ parent, tree: child, changes: rows, counts })).toEqual({ status: "conserved" });
      }),
    );
  });

  test("finds any row that is missing, duplicated or changed", () => {
    fc.assert(
      fc.property(tree, tree, fc.nat(), (parent, child, choice) => {
        const { changes, counts } = compareTrees({ parent, tree: child, contents, cause: "rollback" });
        fc.pre(changes.length > 0);
        const index = choice % changes.length;
        const row = changes[index];
        if (row === undefined) return;
        const damaged = [
          changes.toSpliced(index, 1),
          [...changes, row],
          changes.with(index, { ...row, path: "elsewhere" as FilePath }),
          changes.with(
            index,
            row.disposition === "deleted" ? { ...row, cause: "unnamed" } : { ...row, disposition: "deleted" },
          ),
          ...(["oldMode", "newMode"] as const).flatMap((side) =>
            row[side] === undefined
              ? []
              : [changes.with(index, { ...row, [side]: row[side] === "100755" ? "100644" : "100755" })],
          ),
        ];
        for (const rows of damaged)
          expect(checkConservation({ parent, tree: child, changes: rows, counts }).status).toBe("violated");
        expect(
          checkConservation({ parent, tree: child, changes, counts: { ...counts, kept: counts.kept + 1 } }).status,
        ).toBe("violated");
      }),
      { numRuns: 1_000 },
    );
  });
});
