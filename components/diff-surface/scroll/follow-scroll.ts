import { useEffect, useEffectEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import { onUserInput } from "./user-input.ts";

const tellEveryMs = 80;

const scrollKeys: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

/**
 * Reports scrolling by the user, as opposed to jumps and changes of heights: the last input before the scroll was in
 * the container. Reports a few times a second while the user scrolls, and before a following key press.
 */
export function useFollowScroll({
  container,
  onScroll,
}: {
  container: RefObject<HTMLElement | null>;
  onScroll: (() => void) | undefined;
}): void {
  const tell = useEffectEvent(() => onScroll?.());
  const isFollowed = onScroll !== undefined;
  useEffect(() => {
    const element = container.current;
    if (element === null || !isFollowed) return;
    let isByPerson = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tellNow = () => {
      clearTimeout(timer);
      timer = undefined;
      tell();
    };
    const onMove = (event: Event) => {
      if (event.type === "keydown" && timer !== undefined) flushSync(tellNow);
      isByPerson =
        event.target instanceof Node &&
        element.contains(event.target) &&
        (!(event instanceof KeyboardEvent) || scrollKeys.has(event.key));
    };
    const onScrolled = () => {
      if (isByPerson) timer ??= setTimeout(tellNow, tellEveryMs);
    };
    const stopListening = onUserInput(onMove);
    element.addEventListener("scroll", onScrolled, { passive: true });
    return () => {
      clearTimeout(timer);
      stopListening();
      element.removeEventListener("scroll", onScrolled);
    };
  }, [container, isFollowed]);
}
