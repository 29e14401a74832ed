import { useEffect, useEffectEvent, useRef } from "react";
import { keepAtPlace } from "./linked-place.ts";
import type { Place } from "./review-changes.ts";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import type { ReviewNavigation } from "./place.ts";

/**
 * Goes to where a note stands: lines, or a file as a whole. A file that a filter hides, or that is not listed for being
 * kept, is shown first.
 */
export function useGoToNote({
  shown,
  navigation,
  onShowAll,
}: {
  shown: readonly ReviewFile[];
  navigation: ReviewNavigation;
  onShowAll: (missing: Place) => void;
}): (place: Place) => void {
  const awaited = useRef<Place | null>(null);
  const stop = useRef<(() => void) | null>(null);
  const findFile = ({ path }: Place) => shown.find((file) => file.path === path);
  const go = (place: Place) => (place.first === 0 ? navigation.goToFile(findFile(place)) : navigation.goToPlace(place));
  const goNow = useEffectEvent(go);
  const arrive = useEffectEvent(() => {
    const place = awaited.current;
    if (place === null || findFile(place) === undefined) return;
    awaited.current = null;
    // Its text comes behind its file.
    stop.current = keepAtPlace(() => goNow(place));
  });
  useEffect(() => () => stop.current?.(), []);
  useEffect(() => arrive(), [shown]);
  return (place) => {
    if (findFile(place) !== undefined) return go(place);
    awaited.current = place;
    onShowAll(place);
  };
}
