import type { AppErrorCode } from "#lib/errors.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";

/** The code of an operation's failure where it is one fault at every door; EDIT_FAILED for what only an edit can be. */
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
