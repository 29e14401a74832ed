import type { GenerationId } from "#lib/contracts/ids.ts";

/** The content hashes of one file on both sides of a comparison; null if a side does not have the file. */
export type ContentPair = { oldHash: string | null; newHash: string | null };

export type ViewedMark = ContentPair & { generationId: GenerationId; viewedAt: Date };

type ViewedDecision = { state: "viewed" } | { state: "changed-since"; seenIn: GenerationId } | null;

/**
 * Evaluates the viewed marks of one path for a comparison. The same two contents are viewed, in any versions. If the
 * last viewed content is on neither side, the file changed since, and this comparison does not show how. Only marks
 * that concern this change count: those made between the two versions, or from the same old content. Null if this
 * comparison shows the change, or if none of it was viewed.
 */
export function decideViewed({
  pair,
  marks,
  between,
}: {
  pair: ContentPair;
  marks: readonly ViewedMark[];
  /** The new version and its ancestors that are not ancestors of the old one. */
  between: ReadonlySet<GenerationId>;
}): ViewedDecision {
  if (marks.some(({ oldHash, newHash }) => oldHash === pair.oldHash && newHash === pair.newHash))
    return { state: "viewed" };
  const ofThisChange = marks.filter(
    ({ oldHash, generationId }) => oldHash === pair.oldHash || between.has(generationId),
  );
  const latest = ofThisChange.toSorted((one, other) => other.viewedAt.getTime() - one.viewedAt.getTime())[0];
  if (latest === undefined || latest.newHash === pair.newHash || latest.newHash === pair.oldHash) return null;
  return { state: "changed-since", seenIn: latest.generationId };
}
