import type { FilePath } from "#lib/contracts/ids.ts";
import type { DiffSide } from "#lib/contracts/review-comment.ts";
import type { DiffSurfaceItem } from "./diff-surface.tsx";
import { findFirstChange, findLastChange } from "./parse-hunks.ts";
import type { Hunk } from "./parse-hunks.ts";

/** Lines of one side of one file. 1-based and inclusive. */
export type Place = { path: FilePath; side: DiffSide; first: number; last: number };

/** One hunk of a comparison, and the lines that stand for it. */
export type Change = Place & { index: number; hunk: Hunk };

/** The changes of all files that have a patch, folded ones too, in their order. */
export function listChanges(items: readonly DiffSurfaceItem[]): Change[] {
  return items.flatMap((item) => {
    if (item.type !== "patch") return [];
    return item.hunks.map((hunk, index): Change => {
      const { side, line } = findLastChange(hunk);
      return { path: item.id as FilePath, index, hunk, side, first: findFirstChange({ hunk, side }) ?? line, last: line };
    });
  });
}

/** `R12` or `L3-7`: lines of the new or the old side, as an address has them. */
export function formatLines({ side, first, last }: Pick<Place, "side" | "first" | "last">): string {
  return `${side === "additions" ? "R" : "L"}${first}${last === first ? "" : `-${last}`}`;
}

/** Null where the text names no lines. */
export function parseLines(text: string | null): Pick<Place, "side" | "first" | "last"> | null {
  const match = /^([RL])(\d{1,7})(?:-[RL]?(\d{1,7}))?$/.exec(text ?? "");
  if (match === null) return null;
  const first = Number(match[2]);
  const last = Number(match[3] ?? match[2]);
  return first < 1 || last < first ? null : { side: match[1] === "L" ? "deletions" : "additions", first, last };
}
