import { createTwoFilesPatch } from "diff";
import { expect, test } from "vitest";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { KeptOld } from "./kept-old.ts";
import { planKeptOld } from "./plan-kept-old.ts";

const lines = (...changed: number[]) =>
  Array.from({ length: 30 }, (_, index) => `${changed.includes(index) ? "NEW" : "old"} ${index}\n`).join("");
const base: Record<string, string> = { "a.txt": lines(), "gone.txt": "gone\n", "was.sh": "same\n", "b.txt": lines() };
const head: Record<string, string> = {
  "a.txt": lines(2, 25),
  "new.txt": "new\n",
  "is.sh": "same\n",
  "b.txt": lines(2),
};

const toFile = ({
  path,
  ...file
}: Pick<ReviewFile, "status"> & Omit<Partial<ReviewFile>, "path"> & { path: string }) => ({
  additions: 1,
  deletions: 1,
  isBinary: false,
  ...file,
  path: path as FilePath,
});
const files = [
  toFile({ path: "a.txt", status: "modified" }),
  toFile({ path: "b.txt", status: "modified" }),
  toFile({ path: "new.txt", status: "added" }),
  toFile({ path: "gone.txt", status: "deleted" }),
  toFile({ path: "is.sh", status: "moved", previousPath: "was.sh" as FilePath, newMode: "100644" }),
];

const plan = (kept: Record<string, "file" | number[]>) =>
  planKeptOld({
    kept: new Map(
      Object.entries(kept).map(([path, what]) => [path as FilePath, what === "file" ? what : new Set(what)]),
    ) satisfies KeptOld,
    files,
    texts: {
      readFile: async ({ side, path }) => ({
        content: (side === "base" ? base : head)[path] ?? "",
        encoding: "utf8",
        mode: (path === "was.sh" ? "100755" : "100644") satisfies FileMode,
      }),
      readPatch: async (path) => createTwoFilesPatch(path, path, base[path] ?? "", head[path] ?? ""),
    },
  });

test("chosen lines are the base's, and the others stay the head's", async () => {
  expect(await plan({ "a.txt": [1] })).toEqual([{ type: "write", path: "a.txt", content: lines(2), encoding: "utf8" }]);
  expect(await plan({ "a.txt": [0], "b.txt": [0] })).toEqual([
    { type: "write", path: "a.txt", content: lines(25), encoding: "utf8" },
    { type: "write", path: "b.txt", content: lines(), encoding: "utf8" },
  ]);
});

test("a whole file is the base's: with its name and mode, and absent if the base does not have it", async () => {
  expect(await plan({ "new.txt": "file", "gone.txt": "file", "is.sh": "file" })).toEqual([
    { type: "delete", path: "new.txt" },
    { type: "write", path: "gone.txt", content: "gone\n", encoding: "utf8" },
    { type: "move", source: "is.sh", destination: "was.sh" },
    { type: "write", path: "was.sh", content: "same\n", encoding: "utf8", executable: true },
  ]);
  expect(await plan({ "elsewhere.txt": "file" })).toEqual([]);
});
