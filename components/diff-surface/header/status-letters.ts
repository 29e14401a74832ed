import type { FileDiffStatus } from "#lib/contracts/comparisons/diff.ts";

/** Git's letter for a file's status. */
export const statusLetters: Record<FileDiffStatus, string> = { added: "A", modified: "M", deleted: "D", moved: "R" };

export const allStatuses: readonly FileDiffStatus[] = ["added", "modified", "deleted", "moved"];

/** Parses a letter or a word from an address; null for anything else. */
export function readStatus(text: string): FileDiffStatus | null {
  return allStatuses.find((status) => status === text || statusLetters[status] === text) ?? null;
}
