import type { FileDiffStatus } from "#lib/contracts/comparisons/diff.ts";

/** Git's letter for what happened to a file. */
export const statusLetters: Record<FileDiffStatus, string> = { added: "A", modified: "M", deleted: "D", moved: "R" };

export const allStatuses: readonly FileDiffStatus[] = ["added", "modified", "deleted", "moved"];

/** A letter or a word, as addresses have them. Null for what is neither. */
export function readStatus(text: string): FileDiffStatus | null {
  return allStatuses.find((status) => status === text || statusLetters[status] === text) ?? null;
}
