"use client";

import { CodeView, WorkerPoolContext, type CodeViewHandle } from "@pierre/diffs/react";
import { useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef, type ReactNode, type Ref } from "react";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import { useCodeLook } from "../ui/code-look.ts";
import { ColouredPool } from "./colours/coloured-pool.ts";
import { CurrentHunk, type CurrentHunkHandle } from "./hunks/current-hunk.tsx";
import { useFollowScroll } from "./scroll/follow-scroll.ts";
import { useScrollTarget } from "./scroll/scroll-target.ts";
import { HunkBar } from "./hunks/hunk-bar.tsx";
import { HunkHover, type HunkHoverHandle } from "./hunks/hunk-hover.tsx";
import type { FoundText } from "./line-paint.ts";
import { findHunkAt } from "./hunks/parse-hunks.ts";
import { focusWideColumns, nameCommentButton, nameExpandButtons } from "./name-buttons.ts";
import { useKeyNavigationMark } from "./scroll/key-navigation-mark.ts";
import { paintPatch, paintText, paintTexts } from "./colours/painted-highlighter.ts";
import { usePaintedLines } from "./painted-lines.ts";
import { useRevealedLines } from "./scroll/revealed-lines.ts";
import { listMarks, toCodeViewItem, type Mark } from "./surface-annotations.ts";
import { useSurfaceHunks } from "./surface-hunks.ts";
import { useSurfaceOptions } from "./surface-options.ts";
import { isLineInView, isLineUnfolded, listFilesInView, readTopLine } from "./surface-view.ts";
import type {
  DiffSurfaceItem,
  WholeTexts,
  DiffView,
  DiffSurfaceHandle,
  DiffSelection,
  HunkActions,
  LineNote,
} from "./surface-types.ts";
import { afterPaint } from "./scroll/after-paint.ts";

/** One per tab, so that re-rendered items have their colours at once. */
const pool = new ColouredPool();

/** Resolves when lines can be rendered. */
export async function prepareDiffSurface(): Promise<void> {
  await pool.initialize();
}

/** Parses the patches of items that will be rendered soon. Results are cached. */
export function readSurfaceItems(items: readonly DiffSurfaceItem[]): void {
  for (const item of items) toCodeViewItem({ item, marks: [] });
}

type DiffSurfaceProps = {
  items: DiffSurfaceItem[];
  view: DiffView;
  isWrapped: boolean;
  renderHeader: (id: string) => ReactNode;
  /** Each header is a `LowHeader`. */
  hasLowHeaders?: boolean;
  handle: Ref<DiffSurfaceHandle>;
  label: string;
  selection?: DiffSelection | null;
  /** Null if a hunk has no actions. */
  hunkActions?: HunkActions | null;
  notes?: readonly LineNote[];
  renderNote?: (note: LineNote) => ReactNode;
  /** A text to mark in all lines. */
  found?: FoundText | null;
  /** `isExtended` with Shift: extends the selection to the line. */
  onLineClick?: (place: { id: string; side: DiffSide; line: number; isExtended: boolean }) => void;
  /** Shown beside the line under the pointer. Dragging over several lines selects them all. */
  onCommentAt?: (lines: DiffSelection) => void;
  /** Loads both texts of a file, so that lines between changes can be unfolded. */
  loadTexts?: (id: string) => Promise<WholeTexts>;
  /** The user scrolled, and these files are visible, the topmost first. */
  onFilesInView?: (ids: readonly string[]) => void;
  /** The first render is done and the surface can scroll. */
  onReady?: () => void;
};

/**
 * Many patches in one scroll container, of which only visible ones are rendered. The only component that uses the
 * library: its props are independent of it, so that the library can be replaced.
 */
export function DiffSurface({
  items,
  view,
  isWrapped,
  renderHeader,
  hasLowHeaders = false,
  handle,
  label,
  selection = null,
  hunkActions = null,
  notes = noNotes,
  renderNote,
  found = null,
  onLineClick,
  onCommentAt,
  loadTexts,
  onFilesInView,
  onReady,
}: DiffSurfaceProps) {
  const [{ lineHeightPx }] = useCodeLook();
  const viewer = useRef<CodeViewHandle<Mark, undefined>>(null);
  const container = useRef<HTMLDivElement>(null);
  const old = hunkActions?.old ?? noHunks;
  const barred = typeof hunkActions?.bar === "string" ? old : noHunks;
  const current = hunkActions?.current ?? null;
  const itemById = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const hunksOf = (id: string) => {
    const item = itemById.get(id);
    return item?.type === "patch" ? item.hunks : [];
  };
  const readView = () => viewer.current?.getInstance() ?? null;
  const goToLine = ({
    id,
    line,
    side,
    align = "center",
  }: {
    id: string;
    line: number;
    side?: DiffSide;
    align?: "center" | "nearest";
  }) =>
    viewer.current?.scrollTo({ type: "line", id, lineNumber: line, align, ...(side === undefined ? {} : { side }) });
  const goToFile = (id: string) => viewer.current?.scrollTo({ type: "item", id, align: "start" });
  const goTo = useScrollTarget(items);
  const revealed = useRevealedLines({ viewer, hunksOf, notes, goTo: goToLine });
  const painted = usePaintedLines({ viewer, itemById, old, found });
  const currentBar = useRef<CurrentHunkHandle>(null);
  const hover = useRef<HunkHoverHandle>(null);
  const showHovered = ({
    id,
    line,
    side,
    element,
  }: {
    id: string;
    line: number;
    side: DiffSide;
    element: HTMLElement;
  }) => {
    const hunk = findHunkAt({ hunks: hunksOf(id), side, line });
    hover.current?.show(hunk === -1 ? null : { target: { id, hunk }, line: element });
  };
  const { expand, expandAt, locate } = useSurfaceHunks({ viewer, container, hunksOf });
  // Set before rendering, and not again on each step between files.
  const coloured = useMemo(() => {
    for (const item of items) tellPaint(item);
    return items;
  }, [items]);
  const shown = useMemo(
    () => coloured.flatMap((item) => toCodeViewItem({ item, marks: listMarks({ item, barred, notes }) })),
    [coloured, barred, notes],
  );
  const options = useSurfaceOptions({
    view,
    isWrapped,
    hasLowHeaders,
    onDrawn: ({ element, id }) => {
      nameExpandButtons(element);
      nameCommentButton(element);
      painted.paint({ element, id });
      revealed.revealIn(id);
      afterPaint(() => {
        currentBar.current?.place();
        // Reads widths, which are known without another layout after the paint.
        focusWideColumns(element);
      });
    },
    onGone: painted.forget,
    loadFiles:
      loadTexts === undefined
        ? undefined
        : async (id) => {
            const { before, after, colours } = await loadTexts(id);
            const item = itemById.get(id);
            if (item !== undefined && colours !== null && hasColours(colours.before, colours.after))
              pool.setPaint({ cacheKey: wholeTextsKey(item.cacheKey), paint: () => paintTexts(colours) });
            return { before, after };
          },
    onLineClick,
    onLineEnter: hunkActions === null ? undefined : showHovered,
    onCommentAt,
  });
  useImperativeHandle(handle, () => ({
    scrollToFile: (id) => goTo(() => goToFile(id)),
    scrollToLine: (target) => {
      const { id, line, side = "additions" } = target;
      goTo(() => (line > 0 && revealed.reveal({ id, line, side }) ? goToLine(target) : goToFile(id)));
    },
    findTopLine: (id) =>
      Math.floor(Math.max(0, (readView()?.getScrollTop() ?? 0) - (readView()?.getTopForItem(id) ?? 0)) / lineHeightPx) +
      1,
    focus: () => container.current?.focus({ preventScroll: true }),
    expandAround: ({ id, hunk, isWholeFile }) => {
      if (isWholeFile)
        for (let gap = 0; gap <= hunksOf(id).length; gap += 1) expand({ id, gap, direction: "both", count: allLines });
      else for (const direction of ["up", "down"] as const) expandAt({ id, hunk, direction });
    },
    readTopLine: () => {
      const drawn = readView();
      return drawn === null ? null : readTopLine(drawn);
    },
    isInView: (place) => {
      const drawn = readView();
      return drawn !== null && isLineInView({ view: drawn, place });
    },
    isUnfolded: (place) => {
      const drawn = readView();
      return drawn !== null && isLineUnfolded({ view: drawn, place });
    },
  }));
  const tellFilesInView = () => {
    const drawn = readView();
    if (drawn !== null) onFilesInView?.(listFilesInView(drawn));
  };
  useKeyNavigationMark(container);
  useFollowScroll({ container, onScroll: onFilesInView === undefined ? undefined : tellFilesInView });
  const tellReady = useEffectEvent(() => onReady?.());
  useEffect(() => tellReady(), []);
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    element.tabIndex = 0;
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", label);
  }, [label]);
  return (
    <WorkerPoolContext value={pool}>
      <div className="relative h-full min-h-0" onPointerLeave={() => hover.current?.show(null)}>
        {hunkActions !== null && current !== null && barred.get(current.id)?.has(current.hunk) !== true && (
          <CurrentHunk
            handle={currentBar}
            target={current}
            locate={locate}
            container={container}
            actions={hunkActions}
            onExpand={(direction) => expandAt({ ...current, direction })}
          />
        )}
        <CodeView<Mark>
          ref={viewer}
          containerRef={container}
          items={shown}
          className="h-full overflow-auto data-[moved-by=key]:[&>div>div]:pointer-events-auto!"
          selectedLines={
            selection === null
              ? null
              : {
                  id: selection.id,
                  range: {
                    start: selection.from?.line ?? selection.first,
                    end: selection.last,
                    side: selection.from?.side ?? selection.side,
                    endSide: selection.side,
                  },
                }
          }
          options={options}
          renderCustomHeader={(item) => renderHeader(item.id)}
          renderAnnotation={({ metadata: { content } }, _file, { id }) =>
            content.type === "note" ? (
              <div key={content.note.key} className="font-sans text-sm text-foreground">
                {renderNote?.(content.note)}
              </div>
            ) : (
              hunkActions !== null && (
                <HunkBar
                  key={content.hunk}
                  target={{ id, hunk: content.hunk }}
                  actions={hunkActions}
                  onExpand={
                    loadTexts === undefined ? null : (direction) => expandAt({ id, hunk: content.hunk, direction })
                  }
                />
              )
            )
          }
        />
        {hunkActions !== null && (
          <HunkHover handle={hover} container={container} actions={hunkActions} onExpand={expandAt} />
        )}
      </div>
    </WorkerPoolContext>
  );
}

/** More than any file has. */
const allLines = 10_000_000;

const noHunks: HunkActions["old"] = new Map();
const noNotes: readonly LineNote[] = [];

/** The key of a patch for which the library loaded the whole texts. */
function wholeTextsKey(cacheKey: string): string {
  return `${cacheKey}:hydrated`;
}

function tellPaint(item: DiffSurfaceItem): void {
  const { cacheKey, colours } = item;
  if (colours === undefined || colours === null || !hasColours(colours)) return;
  pool.setPaint({
    cacheKey,
    paint: () => (item.type === "patch" ? paintPatch({ hunks: item.hunks, colours }) : paintText(colours)),
  });
}

/** False for text in a language without highlighting. */
function hasColours(...sides: readonly LineColours[]): boolean {
  return sides.some(({ lines }) => lines.length > 0);
}
