import { expect, test } from "vitest";
import { compareByFolder } from "./compare-by-folder.ts";

test("the files of a folder are adjacent, and those of the root come first", () => {
  expect(["app/sub/b.ts", "app/z.ts", "z.md", "app/a.ts", "app-old/a.ts"].toSorted(compareByFolder)).toEqual([
    "z.md",
    "app/a.ts",
    "app/z.ts",
    "app-old/a.ts",
    "app/sub/b.ts",
  ]);
});
