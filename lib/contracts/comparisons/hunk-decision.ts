export const hunkTakes = ["ours", "theirs", "ours-theirs", "theirs-ours"] as const;

/** The decision for lines that both sides changed: one side, both in either order, or custom text. */
export type HunkDecision = { take: (typeof hunkTakes)[number] } | { text: string };
