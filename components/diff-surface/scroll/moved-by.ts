import { useEffect, type RefObject } from "react";

/**
 * Marks the surface while a person moves by key. The library switches pointer events off while it scrolls, without
 * which a wheel gets stuck at a line that goes away under it. Each element inherits that and is restyled twice; a jump
 * by key is spared it by the style of this mark. A press leaves the mark as it is: without it, a line could go out of
 * reach between the press and its release, and the click would be lost.
 */
export function useMovedBy(container: RefObject<HTMLElement | null>): void {
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
