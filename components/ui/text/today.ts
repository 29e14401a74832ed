import { useSyncExternalStore } from "react";

const refreshMs = 60_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, refreshMs);
  return () => clearInterval(timer);
}

/**
 * When the reader's day began, in ms; null on the server, which does not know their days, and while its page is
 * hydrated.
 */
export function useToday(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => new Date().setHours(0, 0, 0, 0),
    () => null,
  );
}
