import { useEffect, useEffectEvent, useMemo, useRef, useState, type RefObject } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeChange, describeFile, describeLine, describeRange } from "./describe-move.ts";
import type { DiffSurfaceHandle } from "../../diff-surface/surface-types.ts";
import { findChangeFrom } from "./find-change-from.ts";
import { findHunkAt } from "../../diff-surface/parse-hunks.ts";
import { formatLines, type Change, type Place } from "./review-changes.ts";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import { growPlace, stepLine } from "./step-line.ts";
import { whenDrawn } from "../../diff-surface/when-drawn.ts";

/** Null lines: none are chosen. A jump can be gone back from, a step cannot. */
export type AddressChange = { file: FilePath; L: string | null; isJump: boolean };

/**
 * Where a person is in a review, at one of two levels: at a file and one of its changes, or within its lines. The file
 * and the lines stand in the address. Who scrolls moves too: the file under the top becomes the current one.
 */
export function useReviewNavigation({
  surface,
  files,
  changes: allChanges,
  areAllKnown,
  address,
  collapsed,
  viewedPaths,
  isOnSurface,
  reveal,
  onAddress,
  say,
}: {
  surface: RefObject<DiffSurfaceHandle | null>;
  /** Those that the surface shows, in its order. */
  files: readonly ReviewFile[];
  changes: readonly Change[];
  /** False while there may be more changes. */
  areAllKnown: boolean;
  address: { file: string | null; lines: Place | null };
  collapsed: ReadonlySet<string>;
  viewedPaths: ReadonlySet<FilePath>;
  /** False for a file that comes to the surface when it is the current one. */
  isOnSurface: (path: FilePath) => boolean;
  /** Unfolds a file, and brings it back where what is shown leaves it out. */
  reveal: (path: FilePath) => void;
  onAddress: (change: AddressChange) => void;
  /** Tells a screen reader. */
  say: (text: string) => void;
}) {
  const [change, setChange] = useState<Change | null>(null);
  const [selection, setSelection] = useState<Place | null>(null);
  const [anchor, setAnchor] = useState(0);
  const [isAtLines, setIsAtLines] = useState(false);
  const rank = useMemo(() => new Map<string, number>(files.map(({ path }, index) => [path, index])), [files]);
  // What is folded is passed over.
  const changes = useMemo(() => allChanges.filter(({ path }) => !collapsed.has(path)), [allChanges, collapsed]);
  const current = files[rank.get(address.file ?? "") ?? -1] ?? null;
  const changeIndex =
    change === null ? -1 : changes.findIndex(({ path, index }) => path === change.path && index === change.index);
  const currentHunk = useMemo(() => (change === null ? null : { id: change.path, hunk: change.index }), [change]);

  const addressed = useRef(address.file);
  // Since their last step, and so what they chose may be out of sight.
  const hasScrolled = useRef(false);
  const moveTo = (next: AddressChange) => {
    addressed.current = next.file;
    hasScrolled.current = false;
    onAddress(next);
  };
  const isInView = ({ path, side, first, last }: Place) =>
    [first, last].some((line) => surface.current?.isInView({ id: path, side, line }) === true);
  const isShown = ({ path, side, line }: { path: FilePath; side: Place["side"]; line: number }) =>
    surface.current?.isUnfolded({ id: path, side, line }) === true;

  const choose = ({ place, from }: { place: Place; from: number }) => {
    setSelection(place);
    setAnchor(from);
    setChange(
      allChanges.find(
        ({ path, hunk }) =>
          path === place.path && findHunkAt({ hunks: [hunk], side: place.side, line: place.first }) !== -1,
      ) ?? null,
    );
  };
  const select = (place: Place, { from = place.first, isJump = false }: { from?: number; isJump?: boolean } = {}) => {
    choose({ place, from });
    moveTo({ file: place.path, L: formatLines(place), isJump });
  };
  const scrollTo = (place: Place) =>
    surface.current?.scrollToLine({ id: place.path, line: place.first, side: place.side });
  const bring = (place: Place) => {
    const isRevealed = rank.has(place.path) && !collapsed.has(place.path);
    if (isRevealed && isOnSurface(place.path)) return scrollTo(place);
    if (!isRevealed) reveal(place.path);
    whenDrawn(() => scrollTo(place));
  };
  const goToPlace = (place: Place, { isJump = false }: { isJump?: boolean } = {}) => {
    select(place, { isJump });
    bring(place);
  };
  const leaveSelection = () => {
    setSelection(null);
    setChange(null);
  };
  const showFile = (path: FilePath) => {
    const scroll = () => surface.current?.scrollToFile(path);
    if (isOnSurface(path)) scroll();
    else whenDrawn(scroll);
  };
  const describe = (file: ReviewFile) =>
    describeFile({
      file,
      index: rank.get(file.path) ?? 0,
      count: files.length,
      isViewed: viewedPaths.has(file.path),
      isFolded: collapsed.has(file.path),
    });
  const goToFile = (
    file: ReviewFile | undefined,
    { isJump = false, said = "" }: { isJump?: boolean; said?: string } = {},
  ) => {
    if (file === undefined) return say(said === "" ? "No other file that way" : said);
    leaveSelection();
    moveTo({ file: file.path, L: null, isJump });
    showFile(file.path);
    say(`${said === "" ? "" : `${said}. `}${describe(file)}`);
  };
  const isInSight = (place: Place | null): place is Place =>
    place !== null && (!hasScrolled.current || isInView(place));
  /** The first step of a person who has scrolled away from the change goes by what they see. */
  const findNextChange = (by: 1 | -1): Change | undefined =>
    changeIndex !== -1 && (isInSight(change) || isInSight(selection))
      ? changes[changeIndex + by]
      : findChangeFrom({ changes, rank, current, top: surface.current?.readTopLine() ?? null, by });

  // Going back or forward in the browser's history.
  const returnTo = useEffectEvent((file: string | null) => {
    leaveSelection();
    if (address.lines !== null) {
      choose({ place: address.lines, from: address.lines.first });
      return bring(address.lines);
    }
    const path = file ?? files[0]?.path;
    if (path !== undefined) showFile(path as FilePath);
  });
  useEffect(() => {
    if (address.file === addressed.current) return;
    addressed.current = address.file;
    returnTo(address.file);
  }, [address.file]);

  return {
    current,
    /** Where one is: the current file, or the first that differs as long as there is none. */
    here: current ?? files.find(({ status }) => status !== "kept") ?? null,
    change,
    /** Those of folded files left out. */
    changes,
    changeIndex,
    currentHunk,
    selection,
    isAtLines,
    /** Without a move of the surface. */
    select,
    goToPlace,
    goToFile,
    showFile,
    /** At the file as a whole again. */
    leaveSelection,
    /** A person scrolled, and sees these files. What they chose stays as long as its file is among them. */
    followScroll: ([top, ...others]: readonly string[]) => {
      hasScrolled.current = true;
      if (top === undefined || top === address.file) return;
      if (selection !== null && others.includes(selection.path)) return;
      leaveSelection();
      moveTo({ file: top as FilePath, L: null, isJump: false });
      hasScrolled.current = true;
    },
    /** The end of a place, below which something about it is about to be drawn. */
    bringInSight: ({ path, side, last }: Place) => {
      const end = { path, side, first: last, last };
      if (!isInView(end)) whenDrawn(() => bring(end));
    },
    /** The next or previous of some files, from where a person is. */
    stepFile: ({ by, among }: { by: 1 | -1; among: readonly ReviewFile[] }) => {
      const index = current === null ? -1 : (rank.get(current.path) ?? -1);
      const rankOf = ({ path }: ReviewFile) => rank.get(path) ?? -1;
      goToFile(
        by === 1
          ? among.find((file) => rankOf(file) > index)
          : among.findLast((file) => index === -1 || rankOf(file) < index),
      );
    },
    stepChange: (by: 1 | -1) => {
      const next = findNextChange(by);
      if (next === undefined)
        return say(by === 1 ? "No change behind this one in open files" : "No change before this one in open files");
      goToPlace(next);
      say(
        describeChange({
          change: next,
          index: changes.indexOf(next),
          count: areAllKnown ? changes.length : null,
          isOtherFile: next.path !== current?.path,
        }),
      );
    },
    /** Extended, the selection reaches from where it began to the line, be it on the other side. */
    selectLine: ({
      id,
      side,
      line,
      isExtended,
    }: {
      id: string;
      side: Place["side"];
      line: number;
      isExtended: boolean;
    }) => {
      const path = id as FilePath;
      const begun =
        isExtended && selection?.path === path
          ? (selection.from ?? { side: selection.side, line: anchor })
          : { side, line };
      if (begun.side !== side) return select({ path, side, first: line, last: line, from: begun });
      select({ path, side, first: Math.min(begun.line, line), last: Math.max(begun.line, line) }, { from: begun.line });
    },
    enterLines: () => {
      const start = [selection, change].find(isInSight) ?? findNextChange(1) ?? change ?? changes[0];
      if (start === undefined) return;
      const place: Place = { path: start.path, side: start.side, first: start.first, last: start.first };
      setIsAtLines(true);
      goToPlace(place);
      say(`In the lines. ${describeLine({ changes, place, isOtherFile: place.path !== current?.path })}`);
    },
    leaveLines: () => {
      setIsAtLines(false);
      say("Back at the files");
    },
    stepLine: (by: 1 | -1) => {
      const next = selection === null ? null : stepLine({ changes, place: selection, by, isShown });
      if (next === null) return say(by === 1 ? "The last line" : "The first line");
      if (isInView(next)) select(next);
      else goToPlace(next);
      say(describeLine({ changes, place: next, isOtherFile: next.path !== selection?.path }));
    },
    growSelection: (by: 1 | -1) => {
      if (selection === null) return;
      const next = growPlace({ changes, place: selection, anchor, by, isShown });
      const end = { ...next, first: next.first === anchor ? next.last : next.first };
      select(next, { from: anchor });
      if (!isInView({ ...end, last: end.first })) scrollTo(end);
      say(describeRange(next));
    },
    expand: ({ isWholeFile }: { isWholeFile: boolean }) => {
      if (currentHunk !== null) surface.current?.expandAround({ ...currentHunk, isWholeFile });
    },
  };
}

export type ReviewNavigation = ReturnType<typeof useReviewNavigation>;
