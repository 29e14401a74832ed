export const hunkTakes = ["ours", "theirs", "ours-theirs", "theirs-ours"] as const;

/**
 * What to make of a place where two sides changed the same lines: one side, both in either order, or a text of one's
 * own.
 */
export type HunkDecision = { take: (typeof hunkTakes)[number] } | { text: string };
