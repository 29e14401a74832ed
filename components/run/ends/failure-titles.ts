import type { RunFailure } from "#lib/contracts/run.ts";
import type { AppErrorCode } from "#lib/errors.ts";
import { formatUsd } from "#lib/format-usd.ts";

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

export function failureTitle({ code, details }: Pick<RunFailure, "code" | "details">): string {
  if (code === "BUDGET_EXCEEDED" && typeof details?.["maximum"] === "number") {
    return details["limit"] === "runUsd"
      ? `Stopped at your limit of ${formatUsd(details["maximum"])}.`
      : `Stopped at the limit of ${details["maximum"]} model calls.`;
  }
  return titles[code] ?? "The run failed.";
}
