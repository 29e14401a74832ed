import type { FileMode } from "./contracts/versions/file-mode.ts";

const words: Record<FileMode, string | null> = {
  "100644": null,
  "100755": "executable",
  "120000": "symbolic link",
};

/**
 * Describes a file's mode in a few words: how it changes, or what the file is if it is not a regular one; null for a
 * regular file.
 */
export function describeMode({
  oldMode,
  newMode,
}: {
  oldMode?: FileMode | null | undefined;
  newMode?: FileMode | null | undefined;
}): string | null {
  const mode = newMode ?? oldMode ?? null;
  if (mode === null) return null;
  return (oldMode ?? mode) === mode ? words[mode] : `mode ${oldMode} → ${mode}`;
}
