import { useCallback, useRef, type RefObject } from "react";

/** Returns a function that announces a visible change to screen readers. Causes no render. */
export function useLiveRegion(): { region: RefObject<HTMLParagraphElement | null>; say: (text: string) => void } {
  const region = useRef<HTMLParagraphElement>(null);
  const say = useCallback((text: string) => {
    if (region.current !== null) region.current.textContent = text;
  }, []);
  return { region, say };
}

/** The live region, always mounted: a region inserted together with its text is not announced. */
export function LiveRegion({ region, label }: { region: RefObject<HTMLParagraphElement | null>; label: string }) {
  return <p ref={region} role="status" aria-label={label} className="sr-only" />;
}
