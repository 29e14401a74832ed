/** The expected maximum time until the requested element appears. */
const longestMs = 3_000;

const holds = new Set<object>();

/**
 * Ignores single-key shortcuts until an element receives focus, for at most 3 s. The user has requested a field, a page
 * or a dialog, and the next keys are meant for it. Returns a function that accepts shortcuts again at once.
 */
export function holdKeys(): () => void {
  const hold = {};
  const release = () => {
    clearTimeout(timer);
    window.removeEventListener("focusin", release);
    holds.delete(hold);
  };
  const timer = setTimeout(release, longestMs);
  window.addEventListener("focusin", release);
  holds.add(hold);
  return release;
}

export function areKeysHeld(): boolean {
  return holds.size > 0;
}
