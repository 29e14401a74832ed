import type { AppErrorCode } from "#lib/errors.ts";

export type StoppedAction =
  | "raise-limit"
  | "retry"
  | "edit-prompt"
  | "fix-prompt"
  | "other-model"
  | "settings"
  | "raw-answer"
  | "diagnostics";

/** By the failure, what mends it first. `retry` is left out where the same request would fail again for certain. */
const mainActions: Partial<Record<AppErrorCode, StoppedAction[]>> = {
  EDIT_FAILED: ["fix-prompt", "retry", "edit-prompt"],
  VALIDATION_FAILED: ["fix-prompt", "retry", "edit-prompt"],
  MODEL_OUTPUT_INVALID: ["retry", "other-model", "edit-prompt"],
  OUTPUT_TRUNCATED: ["edit-prompt", "other-model", "retry"],
  RATE_LIMITED: ["retry", "other-model", "edit-prompt"],
  MODEL_UNAVAILABLE: ["retry", "other-model", "settings"],
  MODEL_NOT_FOUND: ["other-model", "settings"],
  PROVIDER_AUTH: ["settings", "other-model"],
  CONTEXT_TOO_LONG: ["other-model", "edit-prompt", "retry"],
  MODEL_REFUSED: ["edit-prompt", "other-model", "retry"],
  NO_CHANGES: ["edit-prompt", "retry", "other-model"],
  BUDGET_EXCEEDED: ["raise-limit", "edit-prompt", "retry"],
  SCOPE_VIOLATION: ["edit-prompt", "retry"],
};

/**
 * What a person can do about a run that made no version: first what helps most, then what helps to find out why.
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
  const chosen = (failureCode === null ? undefined : mainActions[failureCode]) ?? ["retry", "edit-prompt"];
  const main = chosen.filter((action) => action !== "retry" || isRetryable);
  if (failureCode === null) return { main, quiet: [] };
  return { main, quiet: [...(hasWords ? ["raw-answer" as const] : []), "diagnostics"] };
}
