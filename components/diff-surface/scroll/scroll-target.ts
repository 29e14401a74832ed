import { useEffect, useLayoutEffect, useRef } from "react";
import { onUserInput } from "./user-input.ts";

/**
 * Keeps the surface scrolled to its target while items load: a file far down cannot reach the top before the files
 * below it have their lines. Any user input ends this. Returns the function that sets a target and scrolls to it.
 */
export function useScrollTarget(items: unknown): (goTo: () => void) => void {
  const held = useRef<(() => void) | null>(null);
  useEffect(
    () =>
      onUserInput(() => {
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
