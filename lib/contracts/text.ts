import { z } from "zod";

/** Excludes NUL and lone surrogates: PostgreSQL stores neither, and lone surrogates have no UTF-8 form. */
export function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

/**
 * A string that can be stored and returned unchanged. Every string of every input is built from this schema; a test
 * walks all inputs and fails for any string that is not.
 */
export const text = z
  .string()
  .refine(isText, "This is not text: it has a NUL character or half of a surrogate pair. Remove it and send it again.");
