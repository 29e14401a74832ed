import type { PreviewId } from "#lib/contracts/versions/preview.ts";

/** A user who compares two versions looks at each within this time. */
export const previewIdleMs = 15 * 60_000;

type Used = { previewId: PreviewId; usedAtMs: number };

/** The previews that received no request for some time. */
export function findIdle({ previews, nowMs }: { previews: readonly Used[]; nowMs: number }): PreviewId[] {
  return previews.filter(({ usedAtMs }) => nowMs - usedAtMs >= previewIdleMs).map(({ previewId }) => previewId);
}

/** The previews to stop for one more: the least recently requested ones. */
export function findReplaced({ previews, maximum }: { previews: readonly Used[]; maximum: number }): PreviewId[] {
  const excess = previews.length - maximum + 1;
  if (excess <= 0) return [];
  return [...previews]
    .sort((a, b) => a.usedAtMs - b.usedAtMs)
    .slice(0, excess)
    .map(({ previewId }) => previewId);
}
