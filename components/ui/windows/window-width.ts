import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("resize", onChange);
  return () => window.removeEventListener("resize", onChange);
}

/** Whether the window is at least this wide; assumed true until hydration. */
export function useIsAtLeast(widthPx: number): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.innerWidth >= widthPx,
    () => true,
  );
}
