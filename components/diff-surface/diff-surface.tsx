"use client";

import { CodeView, WorkerPoolContext, type CodeViewHandle } from "@pierre/diffs/react";
import { useMemo, useRef, type ReactNode, type Ref } from "react";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import { registerColours, registerTextColours, surfacePool } from "./colours/surface-colours.ts";
import { CurrentHunk, type CurrentHunkHandle } from "./hunks/current-hunk.tsx";
import { HunkBar } from "./hunks/hunk-bar.tsx";
import { HunkHover, type HunkHoverHandle } from "./hunks/hunk-hover.tsx";
import type { FoundText } from "./line-paint.ts";
import { focusWideColumns, nameCommentButton, nameExpandButtons } from "./name-buttons.ts";
import { usePaintedLines } from "./painted-lines.ts";
import { useRevealedLines } from "./scroll/revealed-lines.ts";
import { listMarks, toCodeViewItem, type Mark } from "./surface-annotations.ts";
import { useSurfaceHunks } from "./surface-hunks.ts";
import { useSurfaceOptions } from "./surface-options.ts";
import { useSurfaceHandle, type LineTarget } from "./surface-handle.ts";
import { useSurfaceRegion } from "./surface-region.ts";
import type {
  DiffSurfaceItem,
  WholeTexts,
  DiffView,
  DiffSurfaceHandle,
  DiffSelection,
  HunkActions,
  HunkTarget,
  LineNote,
} from "./surface-types.ts";
import { afterPaint } from "./scroll/after-paint.ts";

/** Resolves when lines can be rendered. */
export async function prepareDiffSurface(): Promise<void> {
  await surfacePool.initialize();
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
  const { itemById, hunksOf } = useItemsById(items);
  const goToLine = ({ id, line, side, align = "center" }: LineTarget) =>
    viewer.current?.scrollTo({ type: "line", id, lineNumber: line, align, ...(side === undefined ? {} : { side }) });
  const revealed = useRevealedLines({ viewer, hunksOf, notes, goTo: goToLine });
  const painted = usePaintedLines({ viewer, itemById, old, found });
  const currentBar = useRef<CurrentHunkHandle>(null);
  const hover = useRef<HunkHoverHandle>(null);
  const { expand, expandAt, locate } = useSurfaceHunks({ viewer, container, hunksOf });
  const shown = useCodeViewItems({ items, barred, notes });
  const options = useSurfaceOptions({
    container,
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
        : (id) => loadPaintedTexts({ item: itemById.get(id), load: () => loadTexts(id) }),
    onLineClick,
    onLineEnter: hunkActions === null ? undefined : (place) => hover.current?.show(place),
    onCommentAt,
  });
  const { reveal } = revealed;
  useSurfaceHandle({ handle, viewer, container, items, hunksOf, goToLine, reveal, expand, expandAt });
  useSurfaceRegion({ viewer, container, label, onFilesInView, onReady });
  return (
    <WorkerPoolContext value={surfacePool}>
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
          renderAnnotation={({ metadata: { content } }, _file, { id }) => (
            <SurfaceMark
              key={content.type === "note" ? content.note.key : content.hunk}
              id={id}
              content={content}
              renderNote={renderNote}
              hunkActions={hunkActions}
              onExpand={loadTexts === undefined ? null : expandAt}
            />
          )}
        />
        {hunkActions !== null && (
          <HunkHover handle={hover} container={container} hunksOf={hunksOf} actions={hunkActions} onExpand={expandAt} />
        )}
      </div>
    </WorkerPoolContext>
  );
}

function useItemsById(items: readonly DiffSurfaceItem[]) {
  const itemById = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const hunksOf = (id: string) => {
    const item = itemById.get(id);
    return item?.type === "patch" ? item.hunks : [];
  };
  return { itemById, hunksOf };
}

/** What stands below a line: a note, or the bar of its hunk. */
function SurfaceMark({
  id,
  content,
  renderNote,
  hunkActions,
  onExpand,
}: {
  id: string;
  content: Mark["content"];
  renderNote: DiffSurfaceProps["renderNote"];
  hunkActions: HunkActions | null;
  /** Null if no lines can be unfolded. */
  onExpand: ((target: HunkTarget & { direction: "up" | "down" }) => void) | null;
}) {
  if (content.type === "note")
    return <div className="font-sans text-sm text-foreground">{renderNote?.(content.note)}</div>;
  if (hunkActions === null) return null;
  const target = { id, hunk: content.hunk };
  return (
    <HunkBar
      target={target}
      actions={hunkActions}
      onExpand={onExpand === null ? null : (direction) => onExpand({ ...target, direction })}
    />
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
    for (const item of items) registerColours(item);
    return items;
  }, [items]);
  return useMemo(
    () => coloured.flatMap((item) => toCodeViewItem({ item, marks: listMarks({ item, barred, notes }) })),
    [coloured, barred, notes],
  );
}

/** The texts of a file. Its lines have their colours when the library renders them. */
async function loadPaintedTexts({
  item,
  load,
}: {
  item: DiffSurfaceItem | undefined;
  load: () => Promise<WholeTexts>;
}): Promise<WholeTexts> {
  const texts = await load();
  if (item !== undefined) registerTextColours({ item, texts });
  return texts;
}

/** The lines in the library's form: from one place to another. */
function toSelectedLines({ id, side, first, last, from }: DiffSelection) {
  return { id, range: { start: from?.line ?? first, end: last, side: from?.side ?? side, endSide: side } };
}
