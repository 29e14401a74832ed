"use client";

import { CodeView, WorkerPoolContext, type CodeViewHandle } from "@pierre/diffs/react";
import { useEffect, useEffectEvent, useMemo, useRef, type ReactNode, type Ref } from "react";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import { ColouredPool } from "./colours/coloured-pool.ts";
import { CurrentHunk, type CurrentHunkHandle } from "./hunks/current-hunk.tsx";
import { useFollowScroll } from "./scroll/follow-scroll.ts";
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
import { useSurfaceHandle, type LineTarget } from "./surface-handle.ts";
import { listFilesInView } from "./surface-view.ts";
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
  const goToLine = ({ id, line, side, align = "center" }: LineTarget) =>
    viewer.current?.scrollTo({ type: "line", id, lineNumber: line, align, ...(side === undefined ? {} : { side }) });
  const revealed = useRevealedLines({ viewer, hunksOf, notes, goTo: goToLine });
  const painted = usePaintedLines({ viewer, itemById, old, found });
  const currentBar = useRef<CurrentHunkHandle>(null);
  const hover = useRef<HunkHoverHandle>(null);
  const showHovered = ({
    id,
    line,
    side,
    element,
  }: Required<Pick<LineTarget, "id" | "line" | "side">> & { element: HTMLElement }) => {
    const hunk = findHunkAt({ hunks: hunksOf(id), side, line });
    hover.current?.show(hunk === -1 ? null : { target: { id, hunk }, line: element });
  };
  const { expand, expandAt, locate } = useSurfaceHunks({ viewer, container, hunksOf });
  const shown = useCodeViewItems({ items, barred, notes });
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
            const texts = await loadTexts(id);
            const item = itemById.get(id);
            if (item !== undefined) tellTextPaint({ item, texts });
            return texts;
          },
    onLineClick,
    onLineEnter: hunkActions === null ? undefined : showHovered,
    onCommentAt,
  });
  const { reveal } = revealed;
  useSurfaceHandle({ handle, viewer, container, items, hunksOf, goToLine, reveal, expand, expandAt });
  const tellFilesInView = () => {
    const drawn = viewer.current?.getInstance();
    if (drawn !== undefined) onFilesInView?.(listFilesInView(drawn));
  };
  useKeyNavigationMark(container);
  useFollowScroll({ container, onScroll: onFilesInView === undefined ? undefined : tellFilesInView });
  const tellReady = useEffectEvent(() => onReady?.());
  useEffect(() => tellReady(), []);
  useEffect(() => nameRegion({ element: container.current, label }), [label]);
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
          selectedLines={selection === null ? null : toSelectedLines(selection)}
          options={options}
          renderCustomHeader={(item) => renderHeader(item.id)}
          renderAnnotation={({ metadata: { content } }, _file, { id }) => {
            if (content.type === "note")
              return (
                <div key={content.note.key} className="font-sans text-sm text-foreground">
                  {renderNote?.(content.note)}
                </div>
              );
            const target = { id, hunk: content.hunk };
            const onExpand =
              loadTexts === undefined ? null : (direction: "up" | "down") => expandAt({ ...target, direction });
            return (
              hunkActions !== null && (
                <HunkBar key={content.hunk} target={target} actions={hunkActions} onExpand={onExpand} />
              )
            );
          }}
        />
        {hunkActions !== null && (
          <HunkHover handle={hover} container={container} actions={hunkActions} onExpand={expandAt} />
        )}
      </div>
    </WorkerPoolContext>
  );
}

const noHunks: HunkActions["old"] = new Map();
const noNotes: readonly LineNote[] = [];

function useCodeViewItems({
  items,
  barred,
  notes,
}: Required<Pick<DiffSurfaceProps, "items" | "notes">> & { barred: HunkActions["old"] }) {
  // Set before rendering, and not again on each step between files.
  const coloured = useMemo(() => {
    for (const item of items) tellPaint(item);
    return items;
  }, [items]);
  return useMemo(
    () => coloured.flatMap((item) => toCodeViewItem({ item, marks: listMarks({ item, barred, notes }) })),
    [coloured, barred, notes],
  );
}

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

function tellTextPaint({ item, texts: { colours } }: { item: DiffSurfaceItem; texts: WholeTexts }): void {
  if (colours !== null && hasColours(colours.before, colours.after))
    pool.setPaint({ cacheKey: wholeTextsKey(item.cacheKey), paint: () => paintTexts(colours) });
}

/** False for text in a language without highlighting. */
function hasColours(...sides: readonly LineColours[]): boolean {
  return sides.some(({ lines }) => lines.length > 0);
}

/** The library renders the container, so its role and its name are set on the element. */
function nameRegion({ element, label }: { element: HTMLElement | null; label: string }): void {
  if (element === null) return;
  element.tabIndex = 0;
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", label);
}

/** The lines in the library's form: from one place to another. */
function toSelectedLines({ id, side, first, last, from }: DiffSelection) {
  return { id, range: { start: from?.line ?? first, end: last, side: from?.side ?? side, endSide: side } };
}
