import { useEffect, useLayoutEffect, useRef } from "react";
import { onPersonMoves } from "./person-moves.ts";

/**
 * Keeps the surface at the place that it was led to while its items come: a file far down cannot be at the top before
 * those below it have their lines. Ends as soon as a person moves. Gives what leads there.
 */
export function useHeldPlace(items: unknown): (goTo: () => void) => void {
  const held = useRef<(() => void) | null>(null);
  useEffect(
    () =>
      onPersonMoves(() => {
        held.current = null;
      }),
    [],
  );
  useLayoutEffect(() => held.current?.(), [items]);
  return (goTo) => {
    held.current = goTo;
    goTo();
  };
}
