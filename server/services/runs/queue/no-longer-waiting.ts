import type { RunId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";

export function noLongerWaiting(runId: RunId): AppError {
  return new AppError({
    code: "RUN_NOT_WAITING",
    message: "This prompt waits no longer: it has started, or was withdrawn. Nothing was changed.",
    details: { runId },
  });
}
