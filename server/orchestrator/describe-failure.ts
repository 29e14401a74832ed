import type { RunFailure } from "#lib/contracts/runs/run.ts";
import { factsOfError, type AppError } from "#lib/errors.ts";
import type { RunRequest } from "./ports.ts";

/** Adds what was kept, which is what users want to know most. */
export function describeFailure({ error, request }: { error: AppError; request: RunRequest }): RunFailure {
  const kept =
    request.kind === "ask"
      ? "Nothing was changed."
      : request.parentGenerationId === null
        ? "No version was made."
        : "No version was made; the parent is unchanged.";
  return {
    code: error.code,
    message: `${error.message} ${kept}`,
    isRetryable:
      typeof error.details?.["retryable"] === "boolean"
        ? error.details["retryable"]
        : (factsOfError(error.code).isRepeatable ?? true),
    ...(error.details === undefined ? {} : { details: error.details }),
  };
}
