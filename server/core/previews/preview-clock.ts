import type { PreviewId } from "#lib/contracts/versions/preview.ts";

/** A person who compares two versions looks at each within this time. */
export const previewIdleMs = 15 * 60_000;

type Used = { previewId: PreviewId; usedAtMs: number };

/** Those that nobody has asked for anything in a while. */
export function findIdle({ previews, nowMs }: { previews: readonly Used[]; nowMs: number }): PreviewId[] {
  return previews.filter(({ usedAtMs }) => nowMs - usedAtMs >= previewIdleMs).map(({ previewId }) => previewId);
}

/** Those that go, so that there is room for one more: the ones that were asked least recently. */
export function findReplaced({ previews, maximum }: { previews: readonly Used[]; maximum: number }): PreviewId[] {
  const excess = previews.length - maximum + 1;
  if (excess <= 0) return [];
  return [...previews]
    .sort((a, b) => a.usedAtMs - b.usedAtMs)
    .slice(0, excess)
    .map(({ previewId }) => previewId);
}
