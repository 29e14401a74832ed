/** The events that start a user action. After one of them the surface no longer scrolls by itself. */
const userInputs = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** Calls `listener` for each, before the target of the event receives it. Returns the function that stops this. */
export function onUserInput(listener: (event: Event) => void): () => void {
  for (const type of userInputs) window.addEventListener(type, listener, { capture: true, passive: true });
  return () => {
    for (const type of userInputs) window.removeEventListener(type, listener, { capture: true });
  };
}
