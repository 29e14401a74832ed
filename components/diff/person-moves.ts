/** The events by which a person begins to move: what was led somewhere before is theirs again. */
export const personMoves = ["wheel", "touchstart", "pointerdown", "keydown"] as const;
