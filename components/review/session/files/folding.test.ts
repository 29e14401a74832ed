import { expect, test } from "vitest";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { Folding, listFolded } from "./folding.ts";

const file = (path: string, status: ReviewFile["status"] = "modified"): ReviewFile => ({
  path: path as FilePath,
  status,
  additions: 1,
  deletions: 0,
  isBinary: false,
});
const files = [file("a.ts"), file("b.ts"), file("yarn.lock"), file("kept.ts", "kept")];
const [a, b] = ["a.ts", "b.ts"] as [FilePath, FilePath];
const viewedPaths = new Set([b]);

test("generated, kept and viewed files are initially folded", () => {
  expect([...listFolded({ files, viewedPaths, chosen: new Map() })]).toEqual(["b.ts", "yarn.lock", "kept.ts"]);
});

test("the user folds and unfolds, until the file's mark changes", () => {
  const folding = new Folding();
  const read = () => [...listFolded({ files, viewedPaths, chosen: folding.getState() })];
  folding.fold({ paths: [a], isFolded: true });
  folding.fold({ paths: [b, "yarn.lock" as FilePath], isFolded: false });
  expect(read()).toEqual(["a.ts", "kept.ts"]);
  folding.followMark(b);
  expect(read()).toEqual(["a.ts", "b.ts", "kept.ts"]);
});

test("notifies only on changes", () => {
  const folding = new Folding();
  let told = 0;
  const stop = folding.subscribe(() => (told += 1));
  folding.followMark(a);
  folding.fold({ paths: [a], isFolded: true });
  folding.fold({ paths: [a], isFolded: true });
  folding.followMark(a);
  stop();
  folding.fold({ paths: [b], isFolded: true });
  expect(told).toBe(2);
});
