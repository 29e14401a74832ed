import { useSyncExternalStore } from "react";

const refreshMs = 60_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, refreshMs);
  return () => clearInterval(timer);
}

/** The start of the user's day, in ms; null on the server, which does not know the time zone, and during hydration. */
export function useToday(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => new Date().setHours(0, 0, 0, 0),
    () => null,
  );
}
