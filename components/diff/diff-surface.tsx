"use client";

import { parsePatchFiles } from "@pierre/diffs";
import type { CodeViewItem, FileDiffMetadata } from "@pierre/diffs";
import { CodeView, WorkerPoolContext } from "@pierre/diffs/react";
import type { CodeViewHandle } from "@pierre/diffs/react";
import { getOrCreateWorkerPoolSingleton } from "@pierre/diffs/worker";
import { Undo2 } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { ReactNode, Ref } from "react";
import type { DiffSide } from "#lib/contracts/review-comment.ts";
import { diffTheme } from "./diff-theme.ts";
import { diffWorkerCount, takeDiffWorker } from "./diff-workers.ts";
import { findLastChange } from "./parse-hunks.ts";
import type { Hunk } from "./parse-hunks.ts";

/** One file on the surface: a git patch, or the text of a file that is the same on both sides. `id` is its path. */
export type DiffSurfaceItem = { id: string; isCollapsed: boolean } & ({ type: "patch"; patch: string; hunks: Hunk[]; cacheKey: string } | { type: "text"; text: string; cacheKey: string });

export type DiffView = "split" | "unified";

export type DiffSurfaceHandle = {
  scrollToFile(id: string): void;
  scrollToLine(target: { id: string; line: number; side?: DiffSide }): void;
  /** Takes the focus, without scrolling to where it begins. */
  focus(): void;
  /** Shows more of the lines around a hunk, or all lines of its file. Does nothing for a file that is not drawn. */
  expandAround(target: HunkTarget & { isWholeFile: boolean }): void;
};

/** Lines that stand out, of one side of one file. 1-based and inclusive. */
export type DiffSelection = { id: string; side: DiffSide; first: number; last: number };

/** A hunk of one file, by its index in the file's patch. */
export type HunkTarget = { id: string; hunk: number };

/** Which hunk a person is at, what can be done with it, and with which it was done. */
export type HunkActions = {
  current: HunkTarget | null;
  chosen: ReadonlyMap<string, ReadonlySet<number>>;
  onToggle: (target: HunkTarget) => void;
};

/** Something that stands below a line: `key` says when it is another, so that it is drawn again. */
export type LineNote = { id: string; side: DiffSide; line: number; key: string };

/** In an object of its own, because the library takes the parts of a union for kinds of annotations. */
type Mark = { content: { type: "hunk"; hunk: number; isChosen: boolean } | { type: "note"; note: LineNote } };

/** The light theme's comment colour misses AA on its own background; this darker one reaches it. */
const contrastCss = '[style*="#66707B"]{--diffs-token-light:#4b535d!important}';

/** One for the tab. No line is drawn before its workers are ready, so they start with this module and outlive a page. */
const pool = getOrCreateWorkerPoolSingleton({ poolOptions: { workerFactory: takeDiffWorker, poolSize: diffWorkerCount }, highlighterOptions: { theme: diffTheme } });

/** Resolves when lines can be drawn: with colours, or without where the workers cannot start. */
export async function prepareDiffSurface(): Promise<void> {
  await pool.initialize().catch(() => undefined);
}

/**
 * Many patches in one scroll container, rendered only where they are looked at. The one place that knows the library: its
 * properties are in the product's words, so that another could take its place.
 */
export function DiffSurface({
  items,
  view,
  isWrapped,
  renderHeader,
  handle,
  label,
  selection = null,
  hunkActions = null,
  notes = noNotes,
  renderNote,
  onLineClick,
  loadTexts,
  onReady,
}: {
  items: DiffSurfaceItem[];
  view: DiffView;
  isWrapped: boolean;
  renderHeader: (id: string) => ReactNode;
  handle: Ref<DiffSurfaceHandle>;
  label: string;
  selection?: DiffSelection | null;
  /** Null where nothing can be done with a hunk. */
  hunkActions?: HunkActions | null;
  notes?: readonly LineNote[];
  renderNote?: (note: LineNote) => ReactNode;
  /** `isExtended` with Shift: to the line, from where one was. */
  onLineClick?: (place: { id: string; side: DiffSide; line: number; isExtended: boolean }) => void;
  /** Gives both texts of a file, so that the lines between its changes can be unfolded. */
  loadTexts?: (id: string) => Promise<{ before: string; after: string }>;
  /** It is drawn for the first time and can be scrolled. */
  onReady?: () => void;
}) {
  const { resolvedTheme } = useTheme();
  const viewer = useRef<CodeViewHandle<Mark, undefined>>(null);
  const container = useRef<HTMLDivElement>(null);
  // A fold or a note changes one item of hundreds: the others are not parsed again.
  const [parsed] = useState(() => new Map<string, FileDiffMetadata>());
  const chosen = hunkActions?.chosen ?? noHunks;
  const current = hunkActions?.current ?? null;
  const shown = useMemo(() => items.flatMap((item) => toCodeViewItem({ item, parsed, marks: listMarks({ id: item.id, chosen, current, notes }) })), [items, parsed, chosen, current, notes]);
  useImperativeHandle(handle, () => ({
    scrollToFile: (id) => viewer.current?.scrollTo({ type: "item", id, align: "start" }),
    scrollToLine: ({ id, line, side }) => viewer.current?.scrollTo({ type: "line", id, lineNumber: line, align: "center", ...(side === undefined ? {} : { side }) }),
    focus: () => container.current?.focus({ preventScroll: true }),
    expandAround: ({ id, hunk, isWholeFile }) => {
      const drawn = viewer.current?.getInstance()?.getRenderedItems().find((each) => each.id === id);
      if (drawn?.type !== "diff") return;
      const item = items.find((each) => each.id === id);
      const count = item?.type === "patch" ? item.hunks.length : 0;
      const gaps = isWholeFile ? Array.from({ length: count + 1 }, (_, index) => index) : [hunk, hunk + 1];
      for (const gap of gaps) drawn.instance.expandHunk(gap, isWholeFile ? "both" : gap === hunk ? "down" : "up", ...(isWholeFile ? [allLines] : []));
    },
  }));
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
      <CodeView<Mark>
        ref={viewer}
        containerRef={container}
        items={shown}
        className="h-full overflow-auto"
        selectedLines={selection === null ? null : { id: selection.id, range: { start: selection.first, end: selection.last, side: selection.side, endSide: selection.side } }}
        options={{
          theme: diffTheme,
          themeType: resolvedTheme === "dark" ? "dark" : "light",
          diffStyle: view,
          overflow: isWrapped ? "wrap" : "scroll",
          lineDiffType: "word-alt",
          hunkSeparators: "line-info",
          stickyHeaders: true,
          ...(loadTexts === undefined
            ? {}
            : {
                onPostRender: (element: HTMLElement) => nameExpandButtons(element),
                loadDiffFiles: async ({ name, prevName }: { name: string; prevName?: string }) => {
                  const { before, after } = await loadTexts(name);
                  return { oldFile: { name: prevName ?? name, contents: before }, newFile: { name, contents: after } };
                },
              }),
          ...(onLineClick === undefined
            ? {}
            : {
                onLineClick: (line: { lineNumber: number; annotationSide?: DiffSide; event: PointerEvent }, { item }: { item: CodeViewItem<Mark> }) => {
                  // Who marks text does not choose a line.
                  if (window.getSelection()?.isCollapsed === false && !line.event.shiftKey) return;
                  const side = line.annotationSide ?? "additions";
                  onLineClick({ id: item.id, side, line: line.lineNumber, isExtended: line.event.shiftKey });
                },
              }),
          unsafeCSS: contrastCss,
        }}
        renderCustomHeader={(item) => renderHeader(item.id)}
        renderAnnotation={({ metadata: { content } }, _file, item) =>
          content.type === "hunk" ? (
            <HunkBar isChosen={content.isChosen} onToggle={() => hunkActions?.onToggle({ id: item.id, hunk: content.hunk })} />
          ) : (
            <div className="font-sans text-sm text-foreground">{renderNote?.(content.note)}</div>
          )
        }
      />
    </WorkerPoolContext>
  );
}

/** More than any file has. */
const allLines = 10_000_000;

const noHunks: HunkActions["chosen"] = new Map();
const noNotes: readonly LineNote[] = [];

/** Stands under the hunk that a person is at, and under each that is to be the parent's. */
function HunkBar({ isChosen, onToggle }: { isChosen: boolean; onToggle: () => void }) {
  return (
    <div className="flex min-h-8 items-center gap-3 border-y border-accent/40 bg-accent-surface px-3 py-1 font-sans text-sm text-foreground">
      {isChosen && <span className="flex-1">The parent&apos;s lines are kept here.</span>}
      <button type="button" onClick={onToggle} className="flex min-h-6 items-center gap-1.5 rounded-sm px-1 font-medium underline-offset-2 hover:underline">
        <Undo2 aria-hidden className="size-3.5" />
        {isChosen ? "Undo" : "Keep the parent's lines"}
      </button>
    </div>
  );
}

/** The library draws these buttons without a name and without a place in the order of Tab. */
function nameExpandButtons(element: HTMLElement): void {
  for (const button of element.shadowRoot?.querySelectorAll<HTMLElement>("[data-expand-button]:not([aria-label])") ?? []) {
    const where = button.hasAttribute("data-expand-up") ? "Show lines above" : button.hasAttribute("data-expand-down") ? "Show lines below" : "Show all lines between";
    button.setAttribute("aria-label", where);
    button.tabIndex = 0;
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
  }
}

function listMarks({ id, chosen, current, notes }: { id: string; chosen: HunkActions["chosen"]; current: HunkTarget | null; notes: readonly LineNote[] }): Mark[] {
  const hunks = new Set(chosen.get(id));
  const marks = [...hunks].map((hunk): Mark => ({ content: { type: "hunk", hunk, isChosen: true } }));
  if (current?.id === id && !hunks.has(current.hunk)) marks.push({ content: { type: "hunk", hunk: current.hunk, isChosen: false } });
  for (const note of notes) if (note.id === id) marks.push({ content: { type: "note", note } });
  return marks;
}

/** The library draws an item again only when its version is another, so everything that changes its looks is in it. */
function toVersion({ item: { cacheKey, isCollapsed }, marks }: { item: DiffSurfaceItem; marks: readonly Mark[] }): number {
  const looks = `${cacheKey} ${isCollapsed} ${marks.map(({ content }) => (content.type === "note" ? content.note.key : `${content.hunk}${content.isChosen ? "!" : ""}`)).join(",")}`;
  let version = 0;
  for (let index = 0; index < looks.length; index += 1) version = (version * 31 + looks.charCodeAt(index)) | 0;
  return version;
}

function toCodeViewItem({ item, parsed, marks }: { item: DiffSurfaceItem; parsed: Map<string, FileDiffMetadata>; marks: Mark[] }): CodeViewItem<Mark>[] {
  if (item.type === "text") return [{ id: item.id, type: "file", collapsed: item.isCollapsed, file: { name: item.id, contents: item.text, cacheKey: item.cacheKey }, version: toVersion({ item, marks }) }];
  const fileDiff = parsed.get(item.cacheKey) ?? parsePatchFiles(item.patch, { cacheKeyPrefix: item.cacheKey })[0]?.files[0];
  if (fileDiff === undefined) return [];
  parsed.set(item.cacheKey, fileDiff);
  const annotations = marks.flatMap((mark): { side: DiffSide; lineNumber: number; metadata: Mark }[] => {
    const { content } = mark;
    if (content.type === "note") return [{ side: content.note.side, lineNumber: content.note.line, metadata: mark }];
    const hunk = item.hunks[content.hunk];
    if (hunk === undefined) return [];
    const { side, line } = findLastChange(hunk);
    return [{ side, lineNumber: line, metadata: mark }];
  });
  return [{ id: item.id, type: "diff", collapsed: item.isCollapsed, fileDiff, annotations, version: toVersion({ item, marks }) }];
}
