import type { HunkDecision } from "#lib/contracts/hunk-decision.ts";
import type { MergeConflictOutput, MergePartOutput } from "#lib/contracts/generation.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { HunkSides } from "#lib/resolve-hunk.ts";

export type Side = "ours" | "theirs";

/**
 * What a person has decided on one file so far: whose file it is, or what to make of each place; null for one that is
 * open.
 */
export type FileDecision = { take: Side } | { hunks: readonly (HunkDecision | null)[] };
type DecidedFile = { path: FilePath; take: Side } | { path: FilePath; hunks: HunkDecision[] };
export type MergeDecisions = ReadonlyMap<FilePath, FileDecision>;

/** The places of a conflict, in order; none where the file is decided on whole. */
export function listHunks({ parts }: Pick<MergeConflictOutput, "parts">): HunkSides[] {
  return (
    parts?.filter((part): part is Extract<MergePartOutput, { type: "conflict" }> => part.type === "conflict") ?? []
  );
}

/** How many decisions are still to be made. */
export function countOpen({
  conflicts,
  decisions,
}: {
  conflicts: readonly MergeConflictOutput[];
  decisions: MergeDecisions;
}): number {
  return conflicts.reduce(
    (sum, conflict) => sum + countOpenIn({ conflict, decision: decisions.get(conflict.path) }),
    0,
  );
}

export function countOpenIn({
  conflict,
  decision,
}: {
  conflict: MergeConflictOutput;
  decision: FileDecision | undefined;
}): number {
  if (decision === undefined) return Math.max(1, listHunks(conflict).length);
  return "take" in decision ? 0 : decision.hunks.filter((hunk) => hunk === null).length;
}

/** The decision on a file with one of its places decided on; a decision on the whole file gives way. */
export function decideHunk({
  conflict,
  decision,
  index,
  hunk,
}: {
  conflict: MergeConflictOutput;
  decision: FileDecision | undefined;
  index: number;
  hunk: HunkDecision;
}): FileDecision {
  const before = decision !== undefined && "hunks" in decision ? decision.hunks : listHunks(conflict).map(() => null);
  return { hunks: before.with(index, hunk) };
}

/** Decisions as the server takes them, of the files that are decided on. */
export function listDecided(decisions: MergeDecisions): DecidedFile[] {
  return [...decisions].flatMap(([path, decision]): DecidedFile[] => {
    if ("take" in decision) return [{ path, take: decision.take }];
    const hunks = decision.hunks.filter((hunk) => hunk !== null);
    return hunks.length === decision.hunks.length ? [{ path, hunks }] : [];
  });
}

/**
 * A text of one's own for a place. A field gives every line end as `\n`: they become as those of the sides, and a last
 * line gets one where the sides' have it, so that it does not run into the line that follows.
 */
export function writeHunk({ text, ours, theirs }: { text: string } & HunkSides): HunkDecision {
  const sides = ours + theirs;
  const isOpenEnded = text !== "" && !text.endsWith("\n") && [ours, theirs].some((side) => side.endsWith("\n"));
  const lines = isOpenEnded ? `${text}\n` : text;
  return { text: sides.includes("\r\n") ? lines.replaceAll(/\r?\n/g, "\r\n") : lines };
}
