import { type AppErrorCode, factsOfError, type StoppedAction } from "#lib/errors.ts";

/**
 * What a user can do about a run that made no version: first what helps most, then what helps to find out why.
 * `failureCode` is null for one that was cancelled.
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
