import type { FileMode } from "./file-mode.ts";

/**
 * What a write has to say so that the file ends with `mode`: nothing where it ends so by itself.
 *
 * @param was the mode of the file that is there; null where there is none
 */
export function nameMode({ mode, was }: { mode: FileMode; was: FileMode | null }): {
  isLink?: boolean;
  executable?: boolean;
} {
  if (mode === "120000") return was === mode ? {} : { isLink: true };
  if (was === "120000") return { isLink: false, ...(mode === "100755" ? { executable: true } : {}) };
  return mode === (was ?? "100644") ? {} : { executable: mode === "100755" };
}
