import type { FileMode } from "./contracts/versions/file-mode.ts";

const words: Record<FileMode, string | null> = {
  "100644": null,
  "100755": "executable",
  "120000": "symbolic link",
};

/**
 * What a file is besides its text, in a few words: how its mode changes, or what it is where it is no regular file;
 * null for a regular one.
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
