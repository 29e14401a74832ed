import { useEffect, useEffectEvent, useRef } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { Goal } from "../place-goal.ts";
import { parseLines, type Place } from "../review-changes.ts";

/** The lines that an address names; null if it names none. */
export function readLinkedLines({ file, lines }: { file: string | null; lines: string | null }): Place | null {
  const named = parseLines(lines);
  return file === null || named === null ? null : { path: file as FilePath, ...named };
}

/** The place of a named comment takes precedence over the address's own; undefined while the comment's is unknown. */
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

/** Goes once to the place in the address, as soon as the differences are loaded. */
export function useLinkedPlace({
  address,
  place,
  isReady,
  onGoTo,
}: {
  /** As last reported to the page. After a step back the router first reports an older one, which is ignored. */
  address: { file: string | null; L: string | null };
  /** Null: none is named. Undefined: not known yet. */
  place: Goal | null | undefined;
  /** The surface is mounted with all differences: before that, files above would still move the place. */
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
