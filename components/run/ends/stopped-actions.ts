import { type AppErrorCode, factsOfError, type StoppedAction } from "#lib/errors.ts";

/**
 * The user's options for a run without a version: the most helpful first, then diagnosis. `failureCode` is null for a
 * cancelled run.
 */
export function chooseStoppedActions({
  failureCode,
  isRetryable,
  hasWords,
}: {
  failureCode: AppErrorCode | null;
  isRetryable: boolean;
  hasWords: boolean;
}): { main: StoppedAction[]; quiet: StoppedAction[] } {
  const chosen = (failureCode === null ? undefined : factsOfError(failureCode).actions) ?? ["retry", "edit-prompt"];
  const main = chosen.filter((action) => action !== "retry" || isRetryable);
  if (failureCode === null) return { main, quiet: [] };
  return { main, quiet: [...(hasWords ? ["raw-answer" as const] : []), "diagnostics"] };
}
