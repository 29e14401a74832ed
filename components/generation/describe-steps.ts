import type { BriefStep } from "#lib/contracts/comparisons/brief.ts";

const maxNamed = 3;

/** "2 planned steps were not done: notes.py, types.gen.ts"; null if all were done. */
export function describeUndoneSteps(plan: readonly BriefStep[]): string | null {
  const undone = plan.filter(({ isDone }) => !isDone);
  if (undone.length === 0) return null;
  const names = [...new Set(undone.flatMap(({ missing }) => missing))];
  const more = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : "";
  const count = undone.length === 1 ? "1 planned step was" : `${undone.length} planned steps were`;
  return `${count} not done: ${names.slice(0, maxNamed).join(", ")}${more}`;
}

/** "Plan 3/5": counts only steps that name files. */
export function countSteps(plan: readonly BriefStep[]): string {
  return `Plan ${plan.filter(({ isDone }) => isDone).length}/${plan.length}`;
}
