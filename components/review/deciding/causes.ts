import type { FilePath } from "#lib/contracts/ids.ts";
import type { ProposedDecision } from "#lib/contracts/runs/run.ts";
import type { CheckName, ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { isDoubt } from "#lib/is-doubt.ts";

/** Files that are decided on together, with their common cause. */
export type Cause = { key: string; title: string; paths: readonly FilePath[]; isDoubtful: boolean };

/** The common cause of single files that the same check doubts. */
const causeOfCheck: Readonly<Record<CheckName, string>> = {
  syntax: "Does not parse",
  "format-residue": "Traces of the answer's format in the code",
  elision: "Placeholder instead of code",
  truncation: "Cut off",
  shrink: "Rewritten much shorter",
  disproportion: "Edits removed more than they changed",
  "lost-symbols": "Declarations are gone",
  "lost-files": "Deleted, and you did not ask for it",
  "schema-narrowing": "Fields are narrower",
  binary: "Text became binary",
  renames: "Renamed",
  "unresolved-imports": "Imports what is not there",
  scope: "Outside of the limits",
  secrets: "Holds a secret",
  "project-checks": "Fails a check of the project",
};

/**
 * Held files grouped by cause, doubtful ones first: one rename, imports that connect them, a check's finding, or no
 * finding.
 */
export function groupByCause({
  paths,
  issues,
  proposed,
}: {
  paths: readonly FilePath[];
  issues: readonly ValidationIssue[];
  proposed: readonly ProposedDecision[];
}): Cause[] {
  const doubts = Map.groupBy(issues.filter(isDoubt), ({ path }) => path);
  const groupOf = new Map(proposed.map(({ path, group }) => [path, group]));
  const byGroup = [...Map.groupBy(paths, (path) => groupOf.get(path) ?? path).values()];
  const tied = byGroup
    .filter(({ length }) => length > 1)
    .map((ofGroup): Cause => ({
      key: `group ${ofGroup[0]}`,
      title: nameGroup({ paths: new Set(ofGroup), issues }),
      paths: ofGroup,
      isDoubtful: ofGroup.some((path) => doubts.has(path)),
    }));
  const single = byGroup.filter(({ length }) => length === 1).flat();
  const byCheck = [...Map.groupBy(single, (path) => doubts.get(path)?.[0]?.validator ?? null)].map(
    ([check, ofCheck]): Cause => ({
      key: `check ${check}`,
      title: check === null ? "No finding" : (causeOfCheck[check as CheckName] ?? check),
      paths: ofCheck,
      isDoubtful: check !== null,
    }),
  );
  return [...tied, ...byCheck].sort(
    (one, other) =>
      Number(other.isDoubtful) - Number(one.isDoubtful) ||
      Number(one.key === "check null") - Number(other.key === "check null"),
  );
}

function nameGroup({ paths, issues }: { paths: ReadonlySet<string>; issues: readonly ValidationIssue[] }): string {
  const renaming = issues.find(
    ({ validator, paths: ofIssue = [] }) => validator === "renames" && ofIssue.some((path) => paths.has(path)),
  );
  return renaming?.message ?? "These files belong together: one imports another";
}
