import { useEffect, useEffectEvent, useRef } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { Goal } from "../place-goal.ts";
import { parseLines, type Place } from "../review-changes.ts";

/** The lines that an address names; null where it names none. */
export function readLinkedLines({ file, lines }: { file: string | null; lines: string | null }): Place | null {
  const named = parseLines(lines);
  return file === null || named === null ? null : { path: file as FilePath, ...named };
}

/** The place of a comment that is named comes before the address's own; undefined as long as the comment's is not known. */
export function toLinkedPlace({
  file,
  lines,
  comment,
}: {
  file: string | null;
  lines: Place | null;
  comment: Place | null | undefined;
}): Goal | null | undefined {
  if (comment === undefined) return undefined;
  const found = comment ?? lines;
  if (found !== null) return { path: found.path, lines: found };
  return file === null ? null : { path: file as FilePath, lines: null };
}

/** Goes once to the place that the address names, as soon as the differences are there. */
export function useLinkedPlace({
  address,
  place,
  isReady,
  onGoTo,
}: {
  /** As the page was told it. Behind a step back the router tells an earlier one first, which is not gone to. */
  address: { file: string | null; L: string | null };
  /** Null: none is named. Undefined: it is not known yet. */
  place: Goal | null | undefined;
  /** The surface is there and all differences are in it: before, files above would still push the place away. */
  isReady: boolean;
  onGoTo: (place: Goal) => void;
}): void {
  const { file, L } = address;
  const isDone = useRef(false);
  const goTo = useEffectEvent(onGoTo);
  useEffect(() => {
    if (isDone.current || !isReady || place === undefined || !isInAddressBar({ file, L })) return;
    isDone.current = true;
    if (place !== null) goTo(place);
  }, [place, isReady, file, L]);
}

function isInAddressBar({ file, L }: { file: string | null; L: string | null }): boolean {
  const parameters = new URLSearchParams(window.location.search);
  return parameters.get("file") === file && parameters.get("L") === L;
}
