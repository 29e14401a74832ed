import type { OperationFailure } from "./operation-failure.ts";

/**
 * What goes back to the model: each operation that failed with what it needs to mend it, and what need not be sent
 * again.
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
