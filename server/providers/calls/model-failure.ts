import { AppError, type AppErrorCode } from "#lib/errors.ts";

/**
 * Whether the same call may be repeated: `now` automatically after a short pause, `later` by the user or a later run,
 * `never` unless the key, the model or the request changes.
 */
type RetryAdvice = "now" | "later" | "never";

/** A model call without a usable answer. The message is a sentence for the user and contains no secrets. */
export class ModelFailure extends Error {
  readonly code: AppErrorCode;
  readonly retry: RetryAdvice;
  /** The wait that the provider requested. */
  readonly retryAfterMs: number | undefined;

  constructor({
    code,
    message,
    retry,
    retryAfterMs,
    cause,
  }: {
    code: AppErrorCode;
    message: string;
    retry: RetryAdvice;
    retryAfterMs?: number | undefined;
    cause?: unknown;
  }) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ModelFailure";
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
