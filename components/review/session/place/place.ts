import { useEffect, useInsertionEffect, useMemo, useState, useSyncExternalStore, type RefObject } from "react";
import type { DiffSurfaceHandle } from "../../../diff-surface/surface-types.ts";
import { afterPaint } from "../../../diff-surface/scroll/after-paint.ts";
import { indexOfChange, listOpenChanges, type PlaceData, type PlacePorts } from "./place-types.ts";
import { ReviewPlace } from "./review-place.ts";

/** The user's place in a review; re-renders when it changes. The logic is in `ReviewPlace`. */
export function useReviewNavigation({
  surface,
  isOnSurface,
  reveal,
  onAddress,
  say,
  ...data
}: PlaceData & Omit<PlacePorts, "surface" | "afterPaint"> & { surface: RefObject<DiffSurfaceHandle | null> }) {
  const [place] = useState(() => new ReviewPlace({ address: data.address.file }));
  useInsertionEffect(() => {
    place.setPorts({ surface: () => surface.current, isOnSurface, reveal, onAddress, say, afterPaint });
    place.setData(data);
  });
  useEffect(() => place.followAddress(), [place, data.address.file]);
  const { change, selection, isAtLines } = useSyncExternalStore(place.subscribe, place.getState, place.getState);
  const { files, changes: all, collapsed, address } = data;
  const byPath = useMemo(
    () => new Map<string, (typeof files)[number]>(files.map((file) => [file.path, file])),
    [files],
  );
  const changes = useMemo(() => listOpenChanges({ changes: all, collapsed }), [all, collapsed]);
  const current = byPath.get(address.file ?? "") ?? null;
  const currentHunk = useMemo(() => (change === null ? null : { id: change.path, hunk: change.index }), [change]);
  return {
    current,
    /** The current file, or the first differing one if there is none. */
    here: current ?? files.find(({ status }) => status !== "kept") ?? null,
    change,
    /** Without those of folded files. */
    changes,
    changeIndex: indexOfChange({ changes, change }),
    currentHunk,
    selection,
    isAtLines,
    select: place.select,
    goToPlace: place.goToPlace,
    goToFile: place.goToFile,
    showFile: place.showFile,
    leaveSelection: place.leaveSelection,
    followScroll: place.followScroll,
    bringInSight: place.bringInSight,
    stepFile: place.stepFile,
    stepChange: place.stepChange,
    selectLine: place.selectLine,
    enterLines: place.enterLines,
    leaveLines: place.leaveLines,
    stepLine: place.stepLine,
    growSelection: place.growSelection,
    expand: place.expand,
  };
}

export type ReviewNavigation = ReturnType<typeof useReviewNavigation>;
