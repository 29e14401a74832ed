/** Longer than what was asked for should take to come. */
const longestMs = 3_000;

const holds = new Set<object>();

/**
 * Single keys do nothing from now on until something takes the focus: a field, a page or a dialog was asked for, and
 * what is typed ahead is meant for that. Gives what ends it before; it ends by itself after 3 s.
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
