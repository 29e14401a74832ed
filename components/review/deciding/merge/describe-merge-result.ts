import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";

/** `Result: 2 of 3 conflicts decided, 1 open, checked so far: 1 problem (app/main.py: …)`. */
export function describeMergeResult({
  openCount,
  total,
  problems,
  isChecking,
}: {
  openCount: number;
  total: number;
  problems: readonly ValidationIssue[];
  isChecking: boolean;
}): string {
  const decided = `${total - openCount} of ${total} ${total === 1 ? "conflict" : "conflicts"} decided`;
  const open = openCount === 0 ? "" : `, ${openCount} open`;
  return `Result: ${decided}${open}, ${describeCheck({ isComplete: openCount === 0, problems, isChecking })}`;
}

function describeCheck({
  isComplete,
  problems,
  isChecking,
}: {
  isComplete: boolean;
  problems: readonly ValidationIssue[];
  isChecking: boolean;
}): string {
  if (isChecking) return "checking…";
  const [first] = problems;
  const found =
    first === undefined
      ? "it fits together"
      : `${problems.length} ${problems.length === 1 ? "problem" : "problems"} (${first.path}: ${first.message})`;
  return `checked${isComplete ? "" : " so far"}: ${found}`;
}
