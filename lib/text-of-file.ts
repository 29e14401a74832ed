import type { GenerationFileOutput } from "./contracts/versions/generation.ts";

/** What a file says, in whatever encoding it is stored; null where it is binary. */
export function textOfFile({ encoding, content, decoded }: GenerationFileOutput): string | null {
  return decoded?.text ?? (encoding === "utf8" ? content : null);
}
