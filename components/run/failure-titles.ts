import type { AppErrorCode } from "#lib/errors.ts";

/** What happened, in a few words; the failure's own message says the rest. */
const titles: Partial<Record<AppErrorCode, string>> = {
  MODEL_NOT_FOUND: "There is no such model.",
  MODEL_UNAVAILABLE: "The model could not be reached.",
  MODEL_REFUSED: "The model refused the request.",
  MODEL_OUTPUT_INVALID: "The answer could not be read.",
  PROVIDER_AUTH: "The provider did not accept the key.",
  RATE_LIMITED: "The model provider is busy.",
  CONTEXT_TOO_LONG: "The request is too long for this model.",
  OUTPUT_TRUNCATED: "The answer was cut off.",
  NO_CHANGES: "The model proposed no change.",
  EDIT_FAILED: "A change could not be applied.",
  VALIDATION_FAILED: "The result has problems.",
  SCOPE_VIOLATION: "The changes were outside of your limit.",
  BUDGET_EXCEEDED: "The limit was reached.",
  CONSERVATION_VIOLATED: "A file would have been lost, so nothing was stored.",
  STORED_CONTENT_DAMAGED: "A stored file is damaged.",
  WORKER_LOST: "The worker stopped.",
};

/** Failures that another model or a key mends, and not another try. */
const settingsCodes: ReadonlySet<AppErrorCode> = new Set(["PROVIDER_AUTH", "MODEL_NOT_FOUND", "MODEL_UNAVAILABLE"]);

/** Failures of the request: the same one would fail again. */
const requestCodes: ReadonlySet<AppErrorCode> = new Set(["NO_CHANGES", "SCOPE_VIOLATION", "MODEL_REFUSED", "CONTEXT_TOO_LONG"]);

export function failureTitle(code: AppErrorCode): string {
  return titles[code] ?? "The run failed.";
}

export function isMendedByPrompt(code: AppErrorCode): boolean {
  return requestCodes.has(code);
}

export function isMendedInSettings(code: AppErrorCode): boolean {
  return settingsCodes.has(code);
}
