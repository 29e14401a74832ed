import type { FileMode } from "#lib/contracts/versions/file-mode.ts";

/**
 * Merges the mode of a file; null if both sides changed it differently. If one side turned a file into a link or back,
 * that is more than a mode change, because its content has another meaning.
 *
 * @param base null if both sides added the file
 */
export function mergeModes({
  base,
  ours,
  theirs,
}: {
  base: FileMode | null;
  ours: FileMode;
  theirs: FileMode;
}): FileMode | null {
  if (ours === theirs) return ours;
  if ([base, ours, theirs].includes("120000")) return null;
  if (ours === base) return theirs;
  return theirs === base ? ours : null;
}
