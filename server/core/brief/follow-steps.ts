import type { BriefStep } from "#lib/contracts/comparisons/brief.ts";
import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import { findPlanPaths, isNamedFile, readPlanStep } from "#lib/contracts/runs/plan-paths.ts";

/**
 * Which steps of a plan the ledger shows as done: those whose every named file changed, under its old path or its new
 * one. A step that names no file leaves nothing to compare, so it is left out rather than believed.
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
