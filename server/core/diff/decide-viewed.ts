import type { GenerationId } from "#lib/contracts/ids.ts";

/** The content hashes of one file on both sides of a comparison; null if a side does not have the file. */
export type ContentPair = { oldHash: string | null; newHash: string | null };

export type ViewedMark = ContentPair & { generationId: GenerationId; viewedAt: Date };

export type ViewedDecision = { state: "viewed" } | { state: "changed-since"; seenIn: GenerationId } | null;

/**
 * Evaluates the viewed marks of one path for a comparison. The same two contents are viewed, in any versions. If the
 * last viewed content is on neither side, the file changed since, and this comparison does not show how. Null if this
 * comparison shows the change, or if nothing was viewed.
 */
export function decideViewed({ pair, marks }: { pair: ContentPair; marks: readonly ViewedMark[] }): ViewedDecision {
  if (marks.some(({ oldHash, newHash }) => oldHash === pair.oldHash && newHash === pair.newHash))
    return { state: "viewed" };
  const latest = marks.toSorted((one, other) => other.viewedAt.getTime() - one.viewedAt.getTime())[0];
  if (latest === undefined || latest.newHash === pair.newHash || latest.newHash === pair.oldHash) return null;
  return { state: "changed-since", seenIn: latest.generationId };
}
