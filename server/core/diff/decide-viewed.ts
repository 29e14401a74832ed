import type { GenerationId } from "#lib/contracts/ids.ts";

/** The contents of one file on both sides of a comparison, by their hashes; null where a side has no such file. */
export type ContentPair = { oldHash: string | null; newHash: string | null };

export type ViewedMark = ContentPair & { generationId: GenerationId; viewedAt: Date };

export type ViewedDecision = { state: "viewed" } | { state: "changed-since"; seenIn: GenerationId } | null;

/**
 * What the marks of one path say of a comparison of it. The same two contents are viewed, in whichever versions they
 * stand. A content that was seen lately and is on neither side means that the file changed since, and the comparison
 * itself does not show how; null where it does, or where nothing was seen.
 */
export function decideViewed({ pair, marks }: { pair: ContentPair; marks: readonly ViewedMark[] }): ViewedDecision {
  if (marks.some(({ oldHash, newHash }) => oldHash === pair.oldHash && newHash === pair.newHash))
    return { state: "viewed" };
  const latest = marks.toSorted((one, other) => other.viewedAt.getTime() - one.viewedAt.getTime())[0];
  if (latest === undefined || latest.newHash === pair.newHash || latest.newHash === pair.oldHash) return null;
  return { state: "changed-since", seenIn: latest.generationId };
}
