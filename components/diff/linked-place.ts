import { useEffect, useEffectEvent, useRef } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseLines } from "./review-changes.ts";
import type { Change, Place } from "./review-changes.ts";

/** Goes once to the lines that the address names, as soon as the differences are there. */
export function useLinkedPlace({
  file,
  lines,
  changes,
  isReady,
  onGoTo,
}: {
  file: string | null;
  lines: string | null;
  changes: readonly Change[];
  /** The surface is there and all differences are in it: before, files above would still push the lines away. */
  isReady: boolean;
  onGoTo: (place: Place) => void;
}): void {
  const isDone = useRef(false);
  const goTo = useEffectEvent(onGoTo);
  useEffect(() => {
    if (isDone.current || !isReady) return;
    const named = parseLines(lines);
    if (file === null || named === null) {
      isDone.current = true;
      return;
    }
    isDone.current = true;
    if (!changes.some(({ path }) => path === file)) return;
    // The surface measures its files first.
    requestAnimationFrame(() => requestAnimationFrame(() => goTo({ path: file as FilePath, ...named })));
  }, [file, lines, changes, isReady]);
}
