import type { AppErrorCode } from "#lib/errors.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";

/** The code of an operation's failure if all writers share it; EDIT_FAILED for failures that only an edit can have. */
export function toRefusalCode(failure: OperationFailure | undefined): AppErrorCode {
  switch (failure?.code) {
    case "INVALID_PATH":
    case "INVALID_LINK":
      return "INVALID_PATH";
    case "PATH_COLLISION":
      return "NAME_COLLISION";
    case "LIMIT":
      return "INPUT_TOO_LARGE";
    default:
      return "EDIT_FAILED";
  }
}
