import type { BriefStep } from "#lib/contracts/comparisons/brief.ts";
import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import { findPlanPaths, isNamedFile, readPlanStep } from "#lib/contracts/runs/plan-paths.ts";

/**
 * The steps of a plan that the ledger shows as done: every file that they name changed, under its old or new path. A
 * step that names no file cannot be verified and is omitted.
 */
export function followSteps({
  plan,
  files,
}: {
  plan: readonly string[];
  files: readonly Pick<FileDiffEntry, "path" | "previousPath">[];
}): BriefStep[] {
  const changed = files.flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [path, previousPath],
  );
  return plan.flatMap((item) => {
    const named = findPlanPaths(item);
    if (named.length === 0) return [];
    const missing = named.filter((each) => !changed.some((path) => isNamedFile({ named: each, path })));
    return [{ step: readPlanStep(item), isDone: missing.length === 0, missing }];
  });
}
