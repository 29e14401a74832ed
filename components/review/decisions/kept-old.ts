import type { FilePath } from "#lib/contracts/ids.ts";
import { lineDecisionOf, type Choices } from "../deciding/choices.ts";

/** What the user restores from the parent: whole files, or line groups of a file by index. */
export type KeptOld = ReadonlyMap<FilePath, "file" | ReadonlySet<number>>;

export function listKeptOld({
  choices,
  lineCountOf,
}: {
  choices: Choices;
  /** The number of line groups in a file. */
  lineCountOf: (path: FilePath) => number;
}): KeptOld {
  return new Map(
    [...choices].flatMap(([path, choice]): (readonly [FilePath, "file" | ReadonlySet<number>])[] => {
      if (choice.lines.size === 0) return choice.whole === "old" ? [[path, "file"]] : [];
      const indexes = Array.from({ length: lineCountOf(path) }, (_, index) => index);
      const old = indexes.filter((index) => lineDecisionOf({ choice, index }) === "old");
      return old.length === 0 ? [] : [[path, new Set(old)]];
    }),
  );
}

/** `2 changes, 1 file`, and so on. */
export function describeKeptOld(kept: KeptOld): string {
  const values = [...kept.values()];
  const fileCount = values.filter((value) => value === "file").length;
  const changeCount = values.reduce((sum, value) => sum + (value === "file" ? 0 : value.size), 0);
  const parts = [
    changeCount === 0 ? "" : `${changeCount} ${changeCount === 1 ? "change" : "changes"}`,
    fileCount === 0 ? "" : `${fileCount} ${fileCount === 1 ? "file" : "files"}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}
