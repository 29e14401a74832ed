/** Codes that clients branch on. A code is never renamed; its sentence may be. */
export const appErrorCodes = [
  "ADDRESS_NOT_FOUND",
  "PROJECT_NOT_FOUND",
  "PROJECT_ARCHIVED",
  "GENERATION_NOT_FOUND",
  "RUN_NOT_FOUND",
  "FILE_NOT_FOUND",
  "COMMENT_NOT_FOUND",
  "RUN_NOT_ACTIVE",
  "RUN_NOT_RETRYABLE",
  "RUN_NOT_IN_REVIEW",
  "RUN_HOLDS_NOTHING",
  "INVALID_INPUT",
  "INVALID_PATH",
  "NAME_COLLISION",
  "INPUT_TOO_LARGE",
  "INVALID_ARCHIVE",
  "IDEMPOTENCY_CONFLICT",
  "HEAD_MOVED",
  "MERGE_CONFLICT",
  "MODEL_NOT_FOUND",
  "MODEL_UNAVAILABLE",
  "MODEL_REFUSED",
  "MODEL_OUTPUT_INVALID",
  "PROVIDER_AUTH",
  "RATE_LIMITED",
  "CONTEXT_TOO_LONG",
  "OUTPUT_TRUNCATED",
  "NO_CHANGES",
  "EDIT_FAILED",
  "EDIT_CONFLICT",
  "VALIDATION_FAILED",
  "SCOPE_VIOLATION",
  "BUDGET_EXCEEDED",
  "CONSERVATION_VIOLATED",
  "STORED_CONTENT_DAMAGED",
  "WORKER_LOST",
  "CANCELLED",
  "FORBIDDEN_ORIGIN",
  "GIT_UNAVAILABLE",
  "PUSH_REFUSED",
  "NOT_FAST_FORWARD",
  "STORAGE_FULL",
  "DATABASE_BUSY",
  "DATABASE_UNAVAILABLE",
  "INTERNAL",
] as const;

export type AppErrorCode = (typeof appErrorCodes)[number];

export type AppErrorDetails = Record<string, unknown>;

/**
 * The one error class above core. `message` is the sentence a person sees: what happened, what was kept
 * and what to do next. `details` holds data for clients, never secrets or file contents.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly details: AppErrorDetails | undefined;

  constructor({
    code,
    message,
    details,
    cause,
  }: {
    code: AppErrorCode;
    message: string;
    details?: AppErrorDetails;
    cause?: unknown;
  }) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}
