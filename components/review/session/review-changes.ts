import type { FilePath } from "#lib/contracts/ids.ts";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { DiffSurfaceItem } from "../../diff-surface/surface-types.ts";
import { findFirstChange, findLastChange, type Hunk } from "../../diff-surface/hunks/parse-hunks.ts";

/** Lines of one side of one file. 1-based and inclusive. `from`: the selection starts at a line of the other side. */
export type Place = {
  path: FilePath;
  side: DiffSide;
  first: number;
  last: number;
  from?: { side: DiffSide; line: number };
};

/** One hunk of a comparison, and the lines that represent it. */
export type Change = Place & { index: number; hunk: Hunk };

/** The changes of all files with a patch, including folded ones, in order. */
export function listChanges(items: readonly DiffSurfaceItem[]): Change[] {
  return items.flatMap((item) => {
    if (item.type !== "patch") return [];
    return item.hunks.map((hunk, index): Change => {
      const { side, line } = findLastChange(hunk);
      return {
        path: item.id as FilePath,
        index,
        hunk,
        side,
        first: findFirstChange({ hunk, side }) ?? line,
        last: line,
      };
    });
  });
}

type Lines = Omit<Place, "path">;

/** `R12` or `L3-7`: lines of the new or the old side in address syntax; `L8-R12` goes from one to the other. */
export function formatLines({ side, first, last, from }: Lines): string {
  if (from !== undefined) return `${letterOf(from.side)}${from.line}-${letterOf(side)}${last}`;
  return `${letterOf(side)}${first}${last === first ? "" : `-${last}`}`;
}

/** Null if the text names no lines. */
export function parseLines(text: string | null): Lines | null {
  const match = /^([RL])(\d{1,7})(?:-([RL]?)(\d{1,7}))?$/.exec(text ?? "");
  if (match === null) return null;
  const [, letter, start, endLetter = "", end = start] = match;
  const first = Number(start);
  const last = Number(end);
  if (first < 1 || last < 1) return null;
  if (endLetter !== "" && endLetter !== letter)
    return { side: sideOf(endLetter), first: last, last, from: { side: sideOf(letter), line: first } };
  return last < first ? null : { side: sideOf(letter), first, last };
}

function letterOf(side: DiffSide): string {
  return side === "additions" ? "R" : "L";
}

function sideOf(letter: string | undefined): DiffSide {
  return letter === "L" ? "deletions" : "additions";
}
