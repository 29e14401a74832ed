import type { MergeConflictOutput, MergePartOutput } from "#lib/contracts/versions/generation.ts";
import type { HunkDecision } from "#lib/contracts/comparisons/hunk-decision.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { HunkSides } from "#lib/resolve-hunk.ts";
import { lineDecisionOf, type Choices, type FileChoice, type LineDecision } from "../choices.ts";

export type ConflictPart = Extract<MergePartOutput, { type: "conflict" }>;
export type DecidedConflict = { path: FilePath; take: "ours" | "theirs" } | { path: FilePath; hunks: HunkDecision[] };

/** The places of a conflict, in order; none where the file is decided on whole. */
export function listConflictPlaces({ parts }: Pick<MergeConflictOutput, "parts">): ConflictPart[] {
  return parts?.filter((part) => part.type === "conflict") ?? [];
}

/** Places that are still to be decided on; a file that is decided on whole is one. */
export function listOpenPlaces({
  conflicts,
  choices,
}: {
  conflicts: readonly MergeConflictOutput[];
  choices: Choices;
}): { path: FilePath; index: number | null }[] {
  return conflicts.flatMap((conflict): { path: FilePath; index: number | null }[] => {
    const { path } = conflict;
    const choice = choices.get(path);
    const places = listConflictPlaces(conflict);
    if (places.length === 0) return choice?.whole === undefined || choice.whole === null ? [{ path, index: null }] : [];
    return places.flatMap((_, index) => (lineDecisionOf({ choice, index }) === null ? [{ path, index }] : []));
  });
}

/**
 * Decisions as the server takes them, of the files that are decided on. Taking a file takes it at each of its places:
 * what both versions changed elsewhere in it stays together.
 */
export function listDecidedConflicts({
  conflicts,
  choices,
}: {
  conflicts: readonly MergeConflictOutput[];
  choices: Choices;
}): DecidedConflict[] {
  return conflicts.flatMap((conflict): DecidedConflict[] => {
    const { path } = conflict;
    const choice = choices.get(path);
    const places = listConflictPlaces(conflict);
    if (places.length === 0) return toWhole({ path, choice });
    const hunks = places.map((_, index) => toHunk(lineDecisionOf({ choice, index })));
    return hunks.every((hunk) => hunk !== null) ? [{ path, hunks }] : [];
  });
}

function toWhole({ path, choice }: { path: FilePath; choice: FileChoice | undefined }): DecidedConflict[] {
  return choice?.whole === "take"
    ? [{ path, take: "theirs" }]
    : choice?.whole === "old"
      ? [{ path, take: "ours" }]
      : [];
}

const takes = { take: "theirs", old: "ours", "old-take": "ours-theirs", "take-old": "theirs-ours" } as const;

export function toHunk(decision: LineDecision | null): HunkDecision | null {
  if (decision === null) return null;
  return typeof decision === "string" ? { take: takes[decision] } : decision;
}

/**
 * A text of one's own for a place. A field gives every line end as `\n`: they become as those of the sides, and a last
 * line gets one where the sides' have it, so that it does not run into the line that follows.
 */
export function writePlace({ text, ours, theirs }: { text: string } & HunkSides): { text: string } {
  const sides = ours + theirs;
  const isOpenEnded = text !== "" && !text.endsWith("\n") && [ours, theirs].some((side) => side.endsWith("\n"));
  const lines = isOpenEnded ? `${text}\n` : text;
  return { text: sides.includes("\r\n") ? lines.replaceAll(/\r?\n/g, "\r\n") : lines };
}
