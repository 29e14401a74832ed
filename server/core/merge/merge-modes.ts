import type { FileMode } from "#lib/contracts/versions/file-mode.ts";

/**
 * The mode that two sides come to from where they parted; null where both changed it, each in its own way. A file that
 * one side made a link, or a link that it made a file, is no change of the mode alone: its content has another meaning.
 *
 * @param base null where both sides added the file
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
