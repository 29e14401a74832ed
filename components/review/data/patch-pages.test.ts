import fc from "fast-check";
import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { firstPatchPage, listPatchPages } from "./patch-pages.ts";

const name = (index: number) => `f${String(index).padStart(4, "0")}` as FilePath;

test("every differing file is on exactly one page, in order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(15_000), { maxLength: 400 }), (lines) => {
      const changed = lines.map((additions, index) => ({ path: name(index), additions, deletions: 0 }));
      const paths = changed.map(({ path }) => path);
      const read = listPatchPages(changed).flatMap(({ afterPath, limit }) =>
        paths.filter((path) => afterPath === undefined || path > afterPath).slice(0, limit),
      );
      expect(read).toEqual(paths);
    }),
  );
});

test("the first page does not wait for the list, small files are grouped, and a large one is alone", () => {
  expect(listPatchPages([])).toEqual([firstPatchPage]);
  const small = Array.from({ length: 120 }, (_, index) => ({ path: name(index), additions: 1, deletions: 1 }));
  expect(listPatchPages(small)).toEqual([
    firstPatchPage,
    { afterPath: name(7), limit: 100 },
    { afterPath: name(107), limit: 12 },
  ]);
  const withLarge = small.slice(0, 12).map((file, index) => (index === 9 ? { ...file, additions: 50_000 } : file));
  expect(listPatchPages(withLarge)).toEqual([
    firstPatchPage,
    { afterPath: name(7), limit: 1 },
    { afterPath: name(8), limit: 1 },
    { afterPath: name(9), limit: 2 },
  ]);
});
