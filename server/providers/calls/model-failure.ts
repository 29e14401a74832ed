import { AppError, type AppErrorCode } from "#lib/errors.ts";

/**
 * Whether the same call may be repeated: `now` automatically after a short pause, `later` by the user or a later run,
 * `never` unless the key, the model or the request changes.
 */
type RetryAdvice = "now" | "later" | "never";

/**
 * A model call without a usable answer. The message says what happened and what the user may do; it contains no
 * secrets.
 */
export class ModelFailure extends Error {
  /** The message without the advice, for a call that is repeated automatically. */
  readonly what: string;
  readonly code: AppErrorCode;
  readonly retry: RetryAdvice;
  /** The wait that the provider requested. */
  readonly retryAfterMs: number | undefined;

  constructor({
    code,
    message,
    advice,
    retry,
    retryAfterMs,
    cause,
  }: {
    code: AppErrorCode;
    message: string;
    /** What the user may do if the call is not repeated; part of the message otherwise. */
    advice?: string;
    retry: RetryAdvice;
    retryAfterMs?: number | undefined;
    cause?: unknown;
  }) {
    super(advice === undefined ? message : `${message} ${advice}`, cause === undefined ? undefined : { cause });
    this.name = "ModelFailure";
    this.what = message;
    this.code = code;
    this.retry = retry;
    this.retryAfterMs = retryAfterMs;
  }

  toAppError(): AppError {
    return new AppError({
      code: this.code,
      message: this.message,
      details: {
        retryable: this.retry !== "never",
        ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      },
      cause: this.cause,
    });
  }
}
