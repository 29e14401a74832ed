import { useMemo, useState } from "react";
import type { RefObject } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { DiffSurfaceHandle } from "./diff-surface.tsx";
import { findHunkAt } from "./parse-hunks.ts";
import { formatLines } from "./review-changes.ts";
import type { Change, Place } from "./review-changes.ts";
import type { ReviewFile } from "./review-files.ts";
import { growPlace, stepLine } from "./step-line.ts";
import { whenDrawn } from "./when-drawn.ts";

/**
 * Where a person is in a review, at one of two levels: at a file and one of its changes, or within its lines. The file and the
 * lines stand in the address.
 */
export function useReviewNavigation({
  surface,
  files,
  changes,
  currentPath,
  collapsed,
  isOnSurface,
  unfold,
  onAddress,
}: {
  surface: RefObject<DiffSurfaceHandle | null>;
  files: readonly ReviewFile[];
  changes: readonly Change[];
  currentPath: string | null;
  collapsed: ReadonlySet<string>;
  /** False for a file that comes to the surface when it is the current one. */
  isOnSurface: (path: FilePath) => boolean;
  unfold: (path: FilePath) => void;
  /** Null lines: none are chosen. */
  onAddress: (place: { file: FilePath; L: string | null }) => void;
}) {
  const [change, setChange] = useState<Change | null>(null);
  const [selection, setSelection] = useState<Place | null>(null);
  const [isAtLines, setIsAtLines] = useState(false);
  const current = files.find(({ path }) => path === currentPath) ?? null;
  const changeIndex = change === null ? -1 : changes.findIndex(({ path, index }) => path === change.path && index === change.index);
  const currentHunk = useMemo(() => (change === null ? null : { id: change.path, hunk: change.index }), [change]);

  const select = (place: Place) => {
    setSelection(place);
    setChange(changes.find(({ path, hunk }) => path === place.path && findHunkAt({ hunks: [hunk], side: place.side, line: place.first }) !== -1) ?? null);
    onAddress({ file: place.path, L: formatLines(place) });
  };
  const scrollTo = (place: Place) => surface.current?.scrollToLine({ id: place.path, line: place.first, side: place.side });
  const goToPlace = (place: Place) => {
    select(place);
    if (isOnSurface(place.path) && !collapsed.has(place.path)) return scrollTo(place);
    if (collapsed.has(place.path)) unfold(place.path);
    whenDrawn(() => scrollTo(place));
  };
  const goToFile = (file: ReviewFile | undefined) => {
    if (file === undefined) return;
    setSelection(null);
    setChange(null);
    onAddress({ file: file.path, L: null });
    const scroll = () => surface.current?.scrollToFile(file.path);
    if (isOnSurface(file.path)) scroll();
    else whenDrawn(scroll);
  };

  return {
    current,
    change,
    changeIndex,
    currentHunk,
    selection,
    isAtLines,
    goToPlace,
    goToFile,
    /** The next or previous of some files, from where a person is. */
    stepFile: ({ by, among }: { by: 1 | -1; among: readonly ReviewFile[] }) => {
      const index = current === null ? -1 : files.indexOf(current);
      goToFile(by === 1 ? among.find((file) => files.indexOf(file) > index) : among.findLast((file) => index === -1 || files.indexOf(file) < index));
    },
    stepChange: (by: 1 | -1) => {
      const next = changeIndex === -1 ? findChangeFrom({ changes, files, current, by }) : changes[changeIndex + by];
      if (next !== undefined) goToPlace(next);
    },
    /** Extended, the selection reaches from where it began to the line. */
    selectLine: ({ id, side, line, isExtended }: { id: string; side: Place["side"]; line: number; isExtended: boolean }) => {
      const from = isExtended && selection?.path === id && selection.side === side ? selection.first : line;
      select({ path: id as FilePath, side, first: Math.min(from, line), last: Math.max(from, line) });
    },
    enterLines: () => {
      const start = selection ?? change ?? changes.find(({ path }) => path === current?.path) ?? changes[0];
      if (start === undefined) return;
      setIsAtLines(true);
      goToPlace({ path: start.path, side: start.side, first: start.first, last: start.first });
    },
    leaveLines: () => setIsAtLines(false),
    stepLine: (by: 1 | -1) => {
      const next = selection === null ? null : stepLine({ changes, place: selection, by });
      if (next !== null) goToPlace(next);
    },
    growSelection: (by: 1 | -1) => {
      if (selection !== null) select(growPlace({ place: selection, by }));
    },
    expand: ({ isWholeFile }: { isWholeFile: boolean }) => {
      if (currentHunk !== null) surface.current?.expandAround({ ...currentHunk, isWholeFile });
    },
  };
}

/** From a file of which no change is chosen: its first one or the next after it, the last one before it. */
function findChangeFrom({ changes, files, current, by }: { changes: readonly Change[]; files: readonly ReviewFile[]; current: ReviewFile | null; by: 1 | -1 }): Change | undefined {
  if (current === null) return changes.at(by === 1 ? 0 : -1);
  const rank = new Map(files.map(({ path }, index) => [path, index]));
  const at = rank.get(current.path) ?? 0;
  return by === 1 ? changes.find(({ path }) => (rank.get(path) ?? 0) >= at) : changes.findLast(({ path }) => (rank.get(path) ?? 0) < at);
}

export type ReviewNavigation = ReturnType<typeof useReviewNavigation>;
