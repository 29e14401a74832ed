import { AppError, type AppErrorDetails } from "#lib/errors.ts";

/** Ends a push, and with it the transaction that it would be stored in. */
export function refusePush(reason: string, details: AppErrorDetails = {}): AppError {
  return new AppError({ code: "PUSH_REFUSED", message: `${reason} Nothing was stored.`, details });
}
