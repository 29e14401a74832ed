/** The events that start a user action. After one of them, automatic scrolling stops. */
const userInputs = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** Calls `listener` for each, in the capture phase. Returns an unsubscribe function. */
export function onUserInput(listener: (event: Event) => void): () => void {
  for (const type of userInputs) window.addEventListener(type, listener, { capture: true, passive: true });
  return () => {
    for (const type of userInputs) window.removeEventListener(type, listener, { capture: true });
  };
}
