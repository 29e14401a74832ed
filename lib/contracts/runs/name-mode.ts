import type { FileMode } from "../versions/file-mode.ts";

/**
 * Returns the write options that give a file `mode`; empty if it would have that mode anyway.
 *
 * @param was the mode of the existing file; null if there is none
 */
export function nameMode({ mode, was }: { mode: FileMode; was: FileMode | null }): {
  isLink?: boolean;
  executable?: boolean;
} {
  if (mode === "120000") return was === mode ? {} : { isLink: true };
  if (was === "120000") return { isLink: false, ...(mode === "100755" ? { executable: true } : {}) };
  return mode === (was ?? "100644") ? {} : { executable: mode === "100755" };
}
