import { useEffect, useEffectEvent, useRef } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { parseLines } from "./review-changes.ts";
import type { Change, Place } from "./review-changes.ts";

const settleEveryMs = 150;
const settleForMs = 1_800;
const movesOfAPerson = ["wheel", "keydown", "pointerdown", "touchstart"] as const;

/**
 * Goes to a place, and again while the surface settles: it measures files as it draws them, which moves what is below. Ends as soon
 * as a person moves. Gives what ends it.
 */
function keepAtPlace(goTo: () => void): () => void {
  const startedAt = performance.now();
  const timer = setInterval(() => {
    goTo();
    if (performance.now() - startedAt > settleForMs) stop();
  }, settleEveryMs);
  const stop = () => {
    clearInterval(timer);
    for (const type of movesOfAPerson) window.removeEventListener(type, stop, { capture: true });
  };
  for (const type of movesOfAPerson) window.addEventListener(type, stop, { capture: true, passive: true });
  return stop;
}

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
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
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
    stop.current = keepAtPlace(() => goTo({ path: file as FilePath, ...named }));
  }, [file, lines, changes, isReady]);
}
