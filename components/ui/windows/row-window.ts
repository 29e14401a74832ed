import { useCallback, useLayoutEffect, useRef, useState, type RefCallback } from "react";
import { flushSync } from "react-dom";
import { rowsInSight } from "./rows-in-sight.ts";

/**
 * The rows of a list of equally high ones that are visible in its scroller. `firstHeightPx` is the scroller's assumed
 * height until it is measured, and on the server; `pinned` is always rendered, and -1 is none.
 */
export function useRowWindow({
  count,
  rowHeightPx,
  firstHeightPx,
  pinned,
}: {
  count: number;
  rowHeightPx: number;
  firstHeightPx: number;
  pinned: number;
}): {
  rows: number[];
  attach: RefCallback<HTMLElement>;
  /** Scrolls as little as necessary to show the row; "center" centers it. */
  scrollTo: (index: number, align?: "center") => void;
} {
  const scroller = useRef<HTMLElement>(null);
  // The last reported value: reading it from the element after a change would force a layout.
  const told = useRef({ topPx: 0, heightPx: firstHeightPx });
  // A list that becomes shorter is scrolled by the browser, which reports that a frame later.
  const isToldOfOther = useRef(false);
  useLayoutEffect(
    () => () => {
      isToldOfOther.current = true;
    },
    [count],
  );
  const [view, setView] = useState({ firstRow: 0, heightPx: firstHeightPx });
  const attach = useCallback(
    (element: HTMLElement | null) => {
      scroller.current = element;
      if (element === null) return;
      const measure = () => {
        const { scrollTop: topPx, clientHeight: heightPx } = element;
        told.current = { topPx, heightPx };
        isToldOfOther.current = false;
        const firstRow = Math.floor(topPx / rowHeightPx);
        setView((before) =>
          before.firstRow === firstRow && before.heightPx === heightPx ? before : { firstRow, heightPx },
        );
      };
      // Rendered in the frame of the scroll, not in the next one.
      const onScroll = () => flushSync(measure);
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      element.addEventListener("scroll", onScroll, { passive: true });
      return () => {
        observer.disconnect();
        element.removeEventListener("scroll", onScroll);
        scroller.current = null;
      };
    },
    [rowHeightPx],
  );
  const scrollTo = (index: number, align?: "center") => {
    const element = scroller.current;
    if (element === null) return;
    const { topPx, heightPx } = isToldOfOther.current
      ? { topPx: element.scrollTop, heightPx: element.clientHeight }
      : told.current;
    const rowPx = index * rowHeightPx;
    const lastTopPx = rowPx + rowHeightPx - heightPx;
    const wantedPx = align === "center" ? (rowPx + lastTopPx) / 2 : Math.min(rowPx, Math.max(lastTopPx, topPx));
    if (wantedPx !== topPx) element.scrollTop = wantedPx;
  };
  // One row more than fits: the first may be half hidden.
  const rows = rowsInSight({
    scrollTopPx: view.firstRow * rowHeightPx,
    heightPx: view.heightPx + rowHeightPx,
    rowHeightPx,
    count,
    pinned,
  });
  return { rows, attach, scrollTo };
}
