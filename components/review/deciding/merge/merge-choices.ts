import type { MergeConflictOutput, MergePartOutput } from "#lib/contracts/versions/generation.ts";
import type { HunkDecision } from "#lib/contracts/comparisons/hunk-decision.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { HunkSides } from "#lib/resolve-hunk.ts";
import { lineDecisionOf, type Choices, type FileChoice, type LineDecision } from "../choices.ts";

export type ConflictPart = Extract<MergePartOutput, { type: "conflict" }>;
export type DecidedConflict = { path: FilePath; take: "ours" | "theirs" } | { path: FilePath; hunks: HunkDecision[] };

/** The conflicting hunks, in order; empty if the file is decided on as a whole. */
export function listConflictPlaces({ parts }: Pick<MergeConflictOutput, "parts">): ConflictPart[] {
  return parts?.filter((part) => part.type === "conflict") ?? [];
}

/** The number of undecided conflicts; a file that is decided on as a whole counts as one. */
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
 * The decided files in the server's format. Taking a file takes each of its hunks, and keeps merged changes elsewhere
 * in it.
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
 * A custom text for a conflict. A text field returns `\n` line endings: they are converted to those of the sides. A
 * last line gets an ending if the sides' have one, so that it does not join the next line.
 */
export function writePlace({ text, ours, theirs }: { text: string } & HunkSides): { text: string } {
  const sides = ours + theirs;
  const isOpenEnded = text !== "" && !text.endsWith("\n") && [ours, theirs].some((side) => side.endsWith("\n"));
  const lines = isOpenEnded ? `${text}\n` : text;
  return { text: sides.includes("\r\n") ? lines.replaceAll(/\r?\n/g, "\r\n") : lines };
}
