import type { OperationFailure } from "./operation-failure.ts";

/**
 * The report that is returned to the model: each failed operation with what it needs to fix it, and what need not be
 * sent again.
 */
export function formatFailureReport({
  failures,
  appliedPaths,
}: {
  failures: readonly OperationFailure[];
  appliedPaths: readonly string[];
}): string {
  const failed = failures.map(({ code, report }) => `## ${code}\n${report}`);
  const applied = [...new Set(appliedPaths)];
  const fine = applied.length === 0 ? "" : `\n\nThese are applied; do not send them again: ${applied.join(", ")}.`;
  return `${failures.length === 1 ? "One operation" : `${failures.length} operations`} could not be applied, and nothing was guessed. Send corrected operations for these only.\n\n${failed.join("\n\n")}${fine}`;
}
