import { z } from "zod";

/** Neither NUL nor half of a surrogate pair: PostgreSQL stores neither, and UTF-8 has no bytes for the second. */
export function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

/**
 * A string that can be stored and returned unchanged. Every string of every input is made from this one; a test walks
 * all inputs and fails for a string that is not.
 */
export const text = z
  .string()
  .refine(isText, "This is not text: it has a NUL character or half of a surrogate pair. Remove it and send it again.");
