import { foldLine } from "./loss/fold-line.ts";
import type { ChangedFile } from "./validator.ts";

/**
 * The share of a file's missing lines that other changed files gained, 0 to 1. Short lines are everywhere and prove
 * nothing.
 */
export function measureMovedShare({
  file,
  others,
}: {
  file: Pick<ChangedFile, "path" | "before"> & { after?: string };
  others: readonly ChangedFile[];
}): number {
  const toLines = (text: string) =>
    text
      .split("\n")
      .map(foldLine)
      .filter((line) => line.length >= 8);
  const kept = new Set(toLines(file.after ?? ""));
  const missing = toLines(file.before ?? "").filter((line) => !kept.has(line));
  const gained = new Set(
    others.flatMap((other) => {
      if (other.path === file.path) return [];
      const had = new Set(toLines(other.before ?? ""));
      return toLines(other.after).filter((line) => !had.has(line));
    }),
  );
  return missing.length === 0 ? 0 : missing.filter((line) => gained.has(line)).length / missing.length;
}
