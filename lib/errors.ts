/** What a user can do about a run that made no version. `components/run/ends/run-stopped.tsx` renders the actions. */
export type StoppedAction =
  | "raise-limit"
  | "retry"
  | "edit-prompt"
  | "fix-prompt"
  | "other-model"
  | "settings"
  | "raw-answer"
  | "diagnostics";

type AppErrorFacts = {
  /** The name of the HTTP status, as tRPC spells it. */
  status:
    | "BAD_REQUEST"
    | "NOT_FOUND"
    | "CONFLICT"
    | "PAYLOAD_TOO_LARGE"
    | "TOO_MANY_REQUESTS"
    | "PRECONDITION_FAILED"
    | "FORBIDDEN"
    | "SERVICE_UNAVAILABLE"
    | "INTERNAL_SERVER_ERROR";
  /** False if a retry of the same run is certain to fail. */
  isRepeatable?: false;
  /** A short title for a run that ends with this code; the failure's message has the details. */
  title?: string;
  /** What a user can do about such a run, most helpful first. */
  actions?: readonly StoppedAction[];
};

/**
 * Everything that depends on an error's code. Clients branch on codes, so a code is never renamed; its words may be.
 */
const appErrors = {
  ADDRESS_NOT_FOUND: { status: "NOT_FOUND" },
  PROJECT_NOT_FOUND: { status: "NOT_FOUND" },
  PROJECT_ARCHIVED: { status: "CONFLICT" },
  GENERATION_NOT_FOUND: { status: "NOT_FOUND", isRepeatable: false },
  RUN_NOT_FOUND: { status: "NOT_FOUND" },
  FILE_NOT_FOUND: { status: "NOT_FOUND" },
  COMMENT_NOT_FOUND: { status: "NOT_FOUND" },
  RUN_NOT_ACTIVE: { status: "CONFLICT" },
  RUN_NOT_RETRYABLE: { status: "CONFLICT" },
  RUN_NOT_IN_REVIEW: { status: "CONFLICT" },
  RUN_NOT_WAITING: { status: "CONFLICT" },
  RUN_HOLDS_NOTHING: { status: "BAD_REQUEST", isRepeatable: false },
  INVALID_INPUT: { status: "BAD_REQUEST" },
  INVALID_PATH: { status: "BAD_REQUEST" },
  NAME_COLLISION: { status: "BAD_REQUEST" },
  INPUT_TOO_LARGE: { status: "PAYLOAD_TOO_LARGE" },
  INVALID_ARCHIVE: { status: "BAD_REQUEST" },
  IDEMPOTENCY_CONFLICT: { status: "CONFLICT" },
  HEAD_MOVED: { status: "CONFLICT" },
  SETTING_CHANGED: { status: "CONFLICT" },
  NOT_A_DESCENDANT: { status: "CONFLICT" },
  MERGE_CONFLICT: { status: "BAD_REQUEST" },
  MODEL_NOT_FOUND: {
    status: "NOT_FOUND",
    isRepeatable: false,
    title: "There is no such model.",
    actions: ["other-model", "settings"],
  },
  MODEL_UNAVAILABLE: {
    status: "PRECONDITION_FAILED",
    title: "The model could not be reached.",
    actions: ["retry", "other-model", "settings"],
  },
  MODEL_CANNOT_ANSWER: { status: "BAD_REQUEST" },
  MODEL_REFUSED: {
    status: "BAD_REQUEST",
    title: "The model refused the request.",
    actions: ["edit-prompt", "other-model", "retry"],
  },
  MODEL_OUTPUT_INVALID: {
    status: "BAD_REQUEST",
    title: "The answer could not be read.",
    actions: ["retry", "other-model", "edit-prompt"],
  },
  PROVIDER_AUTH: {
    status: "PRECONDITION_FAILED",
    isRepeatable: false,
    title: "The provider did not accept the key.",
    actions: ["settings", "other-model"],
  },
  RATE_LIMITED: {
    status: "TOO_MANY_REQUESTS",
    title: "The model provider is busy.",
    actions: ["retry", "other-model", "edit-prompt"],
  },
  CONTEXT_TOO_LONG: {
    status: "BAD_REQUEST",
    title: "The request is too long for this model.",
    actions: ["other-model", "edit-prompt", "retry"],
  },
  OUTPUT_TRUNCATED: {
    status: "BAD_REQUEST",
    title: "The answer was cut off.",
    actions: ["edit-prompt", "other-model", "retry"],
  },
  NO_CHANGES: {
    status: "BAD_REQUEST",
    title: "The model proposed no change.",
    actions: ["edit-prompt", "retry", "other-model"],
  },
  EDIT_FAILED: {
    status: "BAD_REQUEST",
    title: "A change could not be applied.",
    actions: ["fix-prompt", "retry", "edit-prompt"],
  },
  EDIT_CONFLICT: { status: "BAD_REQUEST" },
  VALIDATION_FAILED: {
    status: "BAD_REQUEST",
    title: "The result has problems.",
    actions: ["fix-prompt", "retry", "edit-prompt"],
  },
  SCOPE_VIOLATION: {
    status: "BAD_REQUEST",
    title: "The changes were outside of your limit.",
    actions: ["edit-prompt", "retry"],
  },
  BUDGET_EXCEEDED: {
    status: "BAD_REQUEST",
    title: "The limit was reached.",
    actions: ["raise-limit", "edit-prompt", "retry"],
  },
  CONSERVATION_VIOLATED: {
    status: "INTERNAL_SERVER_ERROR",
    title: "A file would have been lost, so nothing was stored.",
  },
  STORED_CONTENT_DAMAGED: { status: "INTERNAL_SERVER_ERROR", title: "A stored file is damaged." },
  WORKER_LOST: { status: "BAD_REQUEST", title: "The worker stopped." },
  CANCELLED: { status: "BAD_REQUEST" },
  KEY_FILE_UNUSABLE: { status: "PRECONDITION_FAILED" },
  FORBIDDEN_ORIGIN: { status: "FORBIDDEN" },
  CHECK_NOT_FOUND: { status: "NOT_FOUND" },
  CHECK_FAILED: {
    status: "BAD_REQUEST",
    title: "A check fails that passed before.",
    actions: ["fix-prompt", "retry", "edit-prompt"],
  },
  CHECKS_NOT_CONFIRMED: { status: "BAD_REQUEST" },
  PREVIEW_NOT_FOUND: { status: "NOT_FOUND" },
  PREVIEW_NOT_CONFIRMED: { status: "BAD_REQUEST" },
  SANDBOX_UNAVAILABLE: { status: "SERVICE_UNAVAILABLE" },
  GIT_UNAVAILABLE: { status: "SERVICE_UNAVAILABLE" },
  PUSH_REFUSED: { status: "BAD_REQUEST" },
  NOT_FAST_FORWARD: { status: "CONFLICT" },
  REPOSITORY_UNAVAILABLE: { status: "BAD_REQUEST" },
  REPOSITORY_REFUSED: { status: "BAD_REQUEST" },
  STORAGE_FULL: { status: "SERVICE_UNAVAILABLE" },
  DATABASE_BUSY: { status: "SERVICE_UNAVAILABLE" },
  DATABASE_UNAVAILABLE: { status: "SERVICE_UNAVAILABLE" },
  INTERNAL: { status: "INTERNAL_SERVER_ERROR" },
} as const satisfies Record<string, AppErrorFacts>;

export type AppErrorCode = keyof typeof appErrors;

export const appErrorCodes = Object.keys(appErrors) as readonly AppErrorCode[];

/** The row of a code, including the optional fields that `as const` omits from its type. */
export function factsOfError(code: AppErrorCode): AppErrorFacts {
  return appErrors[code];
}

export type AppErrorDetails = Record<string, unknown>;

/**
 * The only error class above core. `message` is the sentence that the user sees: what happened, what was kept and what
 * to do next. `details` holds data for clients, never secrets or file contents.
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
