import { useCallback, useRef, type RefObject } from "react";

/** Gives what tells a screen reader of something that is seen anyway. Nothing is rendered anew for it. */
export function useLiveRegion(): { region: RefObject<HTMLParagraphElement | null>; say: (text: string) => void } {
  const region = useRef<HTMLParagraphElement>(null);
  const say = useCallback((text: string) => {
    if (region.current !== null) region.current.textContent = text;
  }, []);
  return { region, say };
}

/** Where it stands, on the page all the time: a region that comes with its text is not read. */
export function LiveRegion({ region, label }: { region: RefObject<HTMLParagraphElement | null>; label: string }) {
  return <p ref={region} role="status" aria-label={label} className="sr-only" />;
}
