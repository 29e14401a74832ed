import { useEffect } from "react";
import type { RefObject } from "react";
import { onPersonMoves } from "./person-moves.ts";

/**
 * Marks the surface while a person moves by key. The library switches pointer events off while it scrolls, without which a wheel gets stuck at a
 * line that goes away under it. Each element inherits that and is restyled twice; a jump by key is spared it by the style of this mark.
 */
export function useMovedBy(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    return onPersonMoves(({ type }) => {
      if (type === "keydown") element.dataset["movedBy"] = "key";
      else delete element.dataset["movedBy"];
    });
  }, [container]);
}
