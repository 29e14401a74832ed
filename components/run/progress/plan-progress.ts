import { findPlanPaths, isNamedFile, readPlanStep } from "#lib/contracts/runs/plan-paths.ts";
import type { RunFileView } from "./followed/followed-files.ts";
import type { RunView } from "./run-progress.ts";

type PlanItemView = { text: string; isDone: boolean };

/**
 * The plan with its progress: an item that names files is done once they are; any other once everything is written.
 * Named files that the model left unchanged do not keep an item open.
 */
export function followPlan({ plan, files, stages }: Pick<RunView, "plan" | "files" | "stages">): PlanItemView[] {
  const isWritten = stages.some(({ name, status }) => name === "generate-changes" && status === "done");
  return plan.map((item) => ({
    text: readPlanStep(item),
    isDone: isItemDone({ named: findPlanPaths(item), files, isWritten }),
  }));
}

function isItemDone({
  named,
  files,
  isWritten,
}: {
  named: readonly string[];
  files: readonly RunFileView[];
  isWritten: boolean;
}): boolean {
  if (named.length === 0) return isWritten;
  const found = named.map((each) => files.find(({ path }) => isNamedFile({ named: each, path })));
  const begun = found.filter((file) => file !== undefined);
  return (
    begun.length > 0 && begun.every(({ status }) => status === "done") && (isWritten || begun.length === named.length)
  );
}

/** The number of files that a plan names; 0 if it names none. */
export function countPlannedFiles(plan: readonly string[]): number {
  return new Set(plan.flatMap(findPlanPaths)).size;
}
