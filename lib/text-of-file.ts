import type { GenerationFileOutput } from "./contracts/versions/generation.ts";

/** The text of a file in any encoding; null if it is binary. */
export function textOfFile({ encoding, content, decoded }: GenerationFileOutput): string | null {
  return decoded?.text ?? (encoding === "utf8" ? content : null);
}
