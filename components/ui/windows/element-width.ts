import { useCallback, useState, type RefCallback } from "react";

/** By name, as last measured in this tab. */
const remembered = new Map<string, { windowPx: number; widthPx: number }>();

function recall(name: string): number | null {
  const before = remembered.get(name);
  return before !== undefined && before.windowPx === window.innerWidth ? before.widthPx : null;
}

/**
 * The observed width of an element; null until it is measured, which is before paint. An element whose name was
 * measured before at this window width starts with that value, without a layout.
 */
export function useElementWidth(name: string): [ref: RefCallback<HTMLElement>, widthPx: number | null] {
  const [widthPx, setWidthPx] = useState(() => recall(name));
  const ref = useCallback(
    (element: HTMLElement) => {
      const tell = (width: number) => {
        remembered.set(name, { windowPx: window.innerWidth, widthPx: width });
        setWidthPx(width);
      };
      if (recall(name) === null) tell(element.getBoundingClientRect().width);
      const observer = new ResizeObserver(([entry]) => {
        if (entry !== undefined) tell(entry.contentRect.width);
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
    [name],
  );
  return [ref, widthPx];
}
