import type { CodeViewHandle } from "@pierre/diffs/react";
import { useEffect, useEffectEvent, type RefObject } from "react";
import { useFollowScroll } from "./scroll/follow-scroll.ts";
import { useKeyNavigationMark } from "./scroll/key-navigation-mark.ts";
import type { Mark } from "./surface-annotations.ts";
import { listFilesInView } from "./surface-view.ts";

/** Makes the container a named region that keys scroll, and reports when it is ready and what the user scrolled to. */
export function useSurfaceRegion({
  viewer,
  container,
  label,
  onFilesInView,
  onReady,
}: {
  viewer: RefObject<CodeViewHandle<Mark, undefined> | null>;
  container: RefObject<HTMLElement | null>;
  label: string;
  onFilesInView: ((ids: readonly string[]) => void) | undefined;
  onReady: (() => void) | undefined;
}): void {
  const tellFilesInView = () => {
    const drawn = viewer.current?.getInstance();
    if (drawn !== undefined) onFilesInView?.(listFilesInView(drawn));
  };
  useKeyNavigationMark(container);
  useFollowScroll({ container, onScroll: onFilesInView === undefined ? undefined : tellFilesInView });
  const tellReady = useEffectEvent(() => onReady?.());
  useEffect(() => tellReady(), []);
  useEffect(() => nameRegion({ element: container.current, label }), [container, label]);
}

/** The library renders the container, so its role and its name are set on the element. */
function nameRegion({ element, label }: { element: HTMLElement | null; label: string }): void {
  if (element === null) return;
  element.tabIndex = 0;
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", label);
}
