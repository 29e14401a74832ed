import { AppError, type AppErrorDetails } from "#lib/errors.ts";

/** Aborts a push, and with it the transaction that would store it. */
export function refusePush(reason: string, details: AppErrorDetails = {}): AppError {
  return new AppError({ code: "PUSH_REFUSED", message: `${reason} Nothing was stored.`, details });
}
