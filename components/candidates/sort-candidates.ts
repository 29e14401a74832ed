import type { CandidateOutput } from "#lib/contracts/runs/candidate.ts";
import { rankChecks } from "../checks/describe-checks.ts";

export type CandidateColumn = "place" | "files" | "lines" | "beyondScope" | "findings" | "checks" | "time" | "price";
export type CandidateOrder = { column: CandidateColumn; isDescending: boolean };

/** Sorted by a column. Candidates without a result are last in either direction, and equal ones keep their order. */
export function sortCandidates({
  items,
  order: { column, isDescending },
}: {
  items: readonly CandidateOutput[];
  order: CandidateOrder;
}): CandidateOutput[] {
  return items.toSorted((a, b) => {
    const [x, y] = [readFigure({ item: a, column }), readFigure({ item: b, column })];
    if (x === null || y === null) return x === y ? a.place - b.place : x === null ? 1 : -1;
    return (isDescending ? y - x : x - y) || a.place - b.place;
  });
}

/** Null if the candidate does not have this figure. */
export function readFigure({ item, column }: { item: CandidateOutput; column: CandidateColumn }): number | null {
  if (column === "place") return item.place;
  if (column === "checks") return rankChecks(item.checks);
  if (column === "price") return item.costUsd;
  if (column === "time") return item.endedAt === null ? null : Date.parse(item.endedAt) - Date.parse(item.createdAt);
  if (item.counts === null) return null;
  const { counts } = item;
  switch (column) {
    case "files":
      return counts.modified + counts.added + counts.deleted + counts.moved;
    case "lines":
      return item.additions + item.deletions;
    case "beyondScope":
      return item.beyondScopeCount;
    case "findings":
      return item.issueCount;
  }
}
