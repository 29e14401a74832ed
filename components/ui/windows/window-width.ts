import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("resize", onChange);
  return () => window.removeEventListener("resize", onChange);
}

/** Whether the window is at least this wide; until the page is hydrated it is taken to be. */
export function useIsAtLeast(widthPx: number): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.innerWidth >= widthPx,
    () => true,
  );
}
