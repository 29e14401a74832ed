import { AppError, type AppErrorCode } from "#lib/errors.ts";

/**
 * Whether the same call may be made again: `now` by itself after a short pause, `later` by a person or a later run,
 * `never` without a change of key, model or request.
 */
export type RetryAdvice = "now" | "later" | "never";

/** A model call that gave nothing usable. The message is a sentence for a person, free of secrets. */
export class ModelFailure extends Error {
  readonly code: AppErrorCode;
  readonly retry: RetryAdvice;
  /** What the provider asked to wait. */
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
