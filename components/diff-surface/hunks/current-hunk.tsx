import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref, type RefObject } from "react";
import type { HunkActions, HunkTarget } from "../surface-types.ts";
import { HunkButtons } from "./hunk-buttons.tsx";
import { barGapPx, foldHeightPx, type HunkExtent } from "../surface-view.ts";
import { afterPaint } from "../scroll/after-paint.ts";

export type CurrentHunkHandle = {
  /** Called when rendered lines may have moved. */
  place: () => void;
};

/**
 * The actions of the current hunk, overlaid on the fold above its first line. They move with the hunk and take no row:
 * a row would shift the text with every step, and re-render two files.
 */
export function CurrentHunk({
  handle,
  target,
  locate,
  container,
  actions,
  onExpand,
}: {
  handle: Ref<CurrentHunkHandle>;
  target: HunkTarget;
  /** Null for a hunk that is not rendered. */
  locate: (target: HunkTarget) => (HunkExtent & { headerPx: number }) | null;
  container: RefObject<HTMLElement | null>;
  actions: HunkActions;
  onExpand: (direction: "up" | "down") => void;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const place = () => {
    const element = bar.current;
    const surface = container.current;
    if (element === null || surface === null) return;
    const found = locate(target);
    const highestPx = (found?.headerPx ?? 0) + barGapPx;
    const isInView = found !== null && found.bottomPx > highestPx + foldHeightPx && found.topPx < surface.clientHeight;
    // Focus inside the bar stays there.
    element.hidden = !isInView && !element.contains(document.activeElement);
    if (found === null) return;
    const lowestPx = surface.clientHeight - element.offsetHeight;
    const wantedPx = found.topPx - (found.isBelowFold ? foldHeightPx : 0);
    element.style.top = `${Math.max(Math.min(wantedPx, lowestPx), highestPx)}px`;
  };
  useImperativeHandle(handle, () => ({ place }));
  const placeAgain = useEffectEvent(place);
  useEffect(() => afterPaint(placeAgain), [target]);
  useEffect(() => {
    const surface = container.current;
    const onScroll = () => placeAgain();
    surface?.addEventListener("scroll", onScroll, { passive: true });
    return () => surface?.removeEventListener("scroll", onScroll);
  }, [container]);
  return (
    <div
      ref={bar}
      role="group"
      aria-label="This change"
      hidden
      className="absolute right-4 z-10 flex gap-0.5 rounded-md border border-accent bg-raised p-0.5 shadow-raised [&[hidden]]:hidden"
    >
      <HunkButtons target={target} actions={actions} onExpand={onExpand} isCompact />
    </div>
  );
}
