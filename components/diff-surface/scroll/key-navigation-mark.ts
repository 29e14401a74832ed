import { useEffect, type RefObject } from "react";

/**
 * Marks the surface while the user navigates by key. During scrolling the library disables pointer events, because a
 * wheel would get stuck on a line that disappears under it. All elements inherit that and are restyled twice; this
 * mark's style avoids that for jumps by key. A press leaves the mark in place: otherwise a line could become
 * unreachable between press and release, and the click would be lost.
 */
export function useKeyNavigationMark(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    const byKey = () => {
      element.dataset["movedBy"] = "key";
    };
    const byHand = () => {
      delete element.dataset["movedBy"];
    };
    const listening = new AbortController();
    const options = { capture: true, passive: true, signal: listening.signal };
    window.addEventListener("keydown", byKey, options);
    for (const type of ["wheel", "touchmove"]) window.addEventListener(type, byHand, options);
    return () => listening.abort();
  }, [container]);
}
