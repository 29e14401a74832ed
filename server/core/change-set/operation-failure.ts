/**
 * Why one operation of a change set was not applied. Failures are expected, so they are values instead of exceptions.
 */
export type OperationFailureCode =
  | "INVALID_PATH"
  | "FILE_NOT_FOUND"
  | "NO_MATCH"
  | "AMBIGUOUS"
  | "ALREADY_APPLIED"
  | "NO_CHANGE"
  | "OVERLAP"
  | "DESTINATION_EXISTS"
  | "PATH_COLLISION"
  | "INVALID_LINK"
  | "NOT_SEEN"
  | "ELISION"
  | "TRUNCATED"
  | "EMPTIED"
  | "NOT_TEXT"
  | "LOCK_FILE"
  | "OUT_OF_SCOPE"
  | "WITHHELD"
  | "LIMIT"
  /** A call or block that could not be parsed as an operation. */
  | "UNREADABLE"
  /** A part of the request that the model itself reports as not done. Asking for it again is useless. */
  | "NOT_DONE";

export type OperationFailure = {
  code: OperationFailureCode;
  /** As the author wrote it; possibly an invalid path. */
  path: string;
  /** Index into the change set's operations, and into an edit operation's blocks. */
  operationIndex: number;
  editIndex?: number;
  /** One sentence for the user. */
  message: string;
  /** What the model needs to fix it: nearest region with line numbers, candidate lines, "do not resend". */
  report: string;
};
