/** The events by which a person begins to move: what was led somewhere before is theirs again. */
const personMoves = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** Tells of each, before whatever it is for hears of it. Gives what ends that. */
export function onPersonMoves(listener: (event: Event) => void): () => void {
  for (const type of personMoves) window.addEventListener(type, listener, { capture: true, passive: true });
  return () => {
    for (const type of personMoves) window.removeEventListener(type, listener, { capture: true });
  };
}
