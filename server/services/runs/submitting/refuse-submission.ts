import { AppError } from "#lib/errors.ts";

/** Candidates are compared on one existing parent, by what each made of the same request. */
export function candidatesStartAtOnce(): AppError {
  return new AppError({
    code: "INVALID_INPUT",
    message:
      "Candidates can neither wait in the queue nor be planned first. Nothing was started and your prompt is kept. Send them at once, or ask for one answer.",
  });
}

export function idempotencyConflict(idempotencyKey: string): AppError {
  return new AppError({
    code: "IDEMPOTENCY_CONFLICT",
    message:
      "This idempotency key was already used for another request. Nothing was started. Use a new key for a new request.",
    details: { idempotencyKey },
  });
}
