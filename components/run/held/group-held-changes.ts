import type { LedgerEntry } from "#lib/contracts/ledger.ts";
import type { ProposedDecision } from "#lib/contracts/run.ts";
import type { ValidationIssue } from "#lib/contracts/validation.ts";
import { isDoubt } from "#lib/is-doubt.ts";

export type HeldChangeGroup = { cause: string; changes: LedgerEntry[] };

/**
 * Held files by what ties them together, the doubtful ones first: one renaming, or imports between them. Files that
 * stand alone are listed singly.
 */
export function groupHeldChanges({
  changes,
  issues,
  proposed,
}: {
  changes: readonly LedgerEntry[];
  issues: readonly ValidationIssue[];
  proposed: readonly ProposedDecision[];
}): { groups: HeldChangeGroup[]; single: LedgerEntry[] } {
  const doubtful = new Set(issues.filter(isDoubt).map(({ path }) => path));
  const groupOf = new Map(proposed.map(({ path, group }) => [path, group]));
  const ordered = changes.toSorted((a, b) => Number(doubtful.has(b.path)) - Number(doubtful.has(a.path)));
  const byGroup = [...Map.groupBy(ordered, ({ path }) => groupOf.get(path) ?? path).values()];
  return {
    groups: byGroup
      .filter(({ length }) => length > 1)
      .map((ofGroup) => ({
        cause: describeCause({ paths: new Set(ofGroup.map(({ path }) => path)), issues }),
        changes: ofGroup,
      })),
    single: byGroup.flatMap((ofGroup) => (ofGroup.length === 1 ? ofGroup : [])),
  };
}

function describeCause({ paths, issues }: { paths: ReadonlySet<string>; issues: readonly ValidationIssue[] }): string {
  const renaming = issues.find(
    ({ validator, paths: ofIssue = [] }) => validator === "renames" && ofIssue.some((path) => paths.has(path)),
  );
  return renaming?.message ?? "These files belong together: one imports another.";
}
