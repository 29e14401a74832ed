import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import type { FileDecision } from "#lib/contracts/runs/run.ts";
import { compareByFolder } from "#lib/compare-by-folder.ts";
import { lineDecisionOf, type Choices } from "../choices.ts";

/** The held files of a run in review order. */
export function toHeldFiles({
  changes,
  isBinary,
}: {
  changes: readonly LedgerEntry[];
  isBinary: (path: FilePath) => boolean;
}): ReviewFile[] {
  return changes
    .flatMap(({ path, previousPath, disposition, additions, deletions, oldMode, newMode }): ReviewFile[] =>
      disposition === "kept"
        ? []
        : [
            {
              path,
              status: disposition,
              additions,
              deletions,
              isBinary: isBinary(path),
              ...(previousPath === undefined ? {} : { previousPath }),
              ...(oldMode === undefined ? {} : { oldMode }),
              ...(newMode === undefined ? {} : { newMode }),
            },
          ],
    )
    .toSorted((one, other) => compareByFolder(one.path, other.path));
}

/**
 * Decisions in the server's format. Null if that is not possible yet: a file is decided on by lines that are not
 * loaded.
 */
export function toFileDecisions({
  paths,
  choices,
  lineCountOf,
}: {
  paths: readonly FilePath[];
  choices: Choices;
  /** Undefined if unknown. */
  lineCountOf: (path: FilePath) => number | undefined;
}): FileDecision[] | null {
  const decisions: FileDecision[] = [];
  for (const path of paths) {
    const choice = choices.get(path);
    if (choice === undefined || (choice.whole === null && choice.lines.size === 0)) return null;
    if (choice.lines.size === 0) {
      decisions.push({ path, decision: words[choice.whole ?? "old"] });
      continue;
    }
    const count = lineCountOf(path);
    if (count === undefined) return null;
    const old = Array.from({ length: count }, (_, index) => index).filter(
      (index) => lineDecisionOf({ choice, index }) === "old",
    );
    decisions.push({
      path,
      decision: "accept",
      hunks: old.map((index) => ({ index, decision: "keep-parent" as const })),
    });
  }
  return decisions;
}

const words = { take: "accept", old: "keep-parent", again: "repair" } as const;
