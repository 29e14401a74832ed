import type { CodeViewItem, PostRenderPhase, SelectedLineRange } from "@pierre/diffs";
import { useTheme } from "next-themes";
import { useMemo, type RefObject } from "react";
import { codeTheme } from "#lib/code-theme.ts";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import { useCodeLook } from "../ui/code-look.ts";
import { useStableCallback } from "../ui/hooks/stable-callback.ts";
import type { DiffSelection, DiffView } from "./surface-types.ts";
import type { Mark } from "./surface-annotations.ts";
import { useReplacedLine } from "./replaced-line.ts";
import { surfaceCss } from "./surface-css.ts";
import { headerHeightPx, lowHeaderHeightPx, type HoveredLine, type SurfaceLine } from "./surface-view.ts";

type Item = { item: CodeViewItem<Mark> };
type LineHandlers = {
  onLineClick: ((place: SurfaceLine & { isExtended: boolean }) => void) | undefined;
  onLineEnter: ((place: HoveredLine) => void) | undefined;
  onCommentAt: ((lines: DiffSelection) => void) | undefined;
};

/** Above the length of any compared text; the library leaves longer ones uncoloured. */
const maxColouredCharacters = 4_000_000;

/** Without the library's space above the first file. */
const lowLayout = { paddingTop: 0, paddingBottom: 8, gap: 8 };

/**
 * The library re-renders all visible files when any option changes identity, including functions. Options therefore
 * change only with theme and layout.
 */
export function useSurfaceOptions({
  container,
  view,
  isWrapped,
  hasLowHeaders,
  onDrawn,
  onGone,
  loadFiles,
  onLineClick,
  onLineEnter,
  onCommentAt,
}: {
  container: RefObject<HTMLElement | null>;
  view: DiffView;
  isWrapped: boolean;
  hasLowHeaders: boolean;
  onDrawn: (drawn: { element: HTMLElement; id: string }) => void;
  onGone: (element: HTMLElement) => void;
  loadFiles: ((id: string) => Promise<{ before: string; after: string }>) | undefined;
} & LineHandlers) {
  const { resolvedTheme } = useTheme();
  const [{ lineHeightPx }] = useCodeLook();
  const isDark = resolvedTheme === "dark";
  const onPostRender = useStableCallback(
    (element: HTMLElement, _instance: unknown, phase: PostRenderPhase, { item }: Item) =>
      phase === "unmount" ? onGone(element) : onDrawn({ element, id: item.id }),
  );
  const loadDiffFiles = useStableCallback(async ({ name, prevName }: { name: string; prevName?: string }) => {
    const { before = "", after = "" } = (await loadFiles?.(name)) ?? {};
    return { oldFile: { name: prevName ?? name, contents: before }, newFile: { name, contents: after } };
  });
  const { clickLine, enterLine, comment } = useLineEvents({ container, onLineClick, onLineEnter, onCommentAt });
  const [canLoad, canClick, canEnter, canComment] = [
    loadFiles,
    onLineClick,
    onLineEnter ?? onLineClick,
    onCommentAt,
  ].map((handler) => handler !== undefined);
  return useMemo(
    () => ({
      theme: codeTheme,
      tokenizeMaxLength: maxColouredCharacters,
      themeType: isDark ? ("dark" as const) : ("light" as const),
      diffStyle: view,
      overflow: isWrapped ? ("wrap" as const) : ("scroll" as const),
      lineDiffType: "word-alt" as const,
      hunkSeparators: "line-info" as const,
      stickyHeaders: true,
      // The library lays out files by the given height: a lower header would leave a gap above it.
      itemMetrics: { lineHeight: lineHeightPx, diffHeaderHeight: hasLowHeaders ? lowHeaderHeightPx : headerHeightPx },
      ...(hasLowHeaders ? { layout: lowLayout } : {}),
      unsafeCSS: surfaceCss,
      onPostRender,
      ...(canLoad ? { loadDiffFiles } : {}),
      ...(canClick ? { onLineClick: clickLine } : {}),
      ...(canEnter ? { onLineEnter: enterLine } : {}),
      ...(canComment ? { enableGutterUtility: true, onGutterUtilityClick: comment } : {}),
    }),
    [
      isDark,
      view,
      isWrapped,
      hasLowHeaders,
      lineHeightPx,
      canLoad,
      canClick,
      canEnter,
      canComment,
      onPostRender,
      loadDiffFiles,
      clickLine,
      enterLine,
      comment,
    ],
  );
}

/** The library's events at lines, as calls of the handlers. */
function useLineEvents({
  container,
  onLineClick,
  onLineEnter,
  onCommentAt,
}: LineHandlers & { container: RefObject<HTMLElement | null> }) {
  const click = ({ event, ...line }: SurfaceLine & { event: PointerEvent }) => {
    // Selecting text must not select a line.
    if (window.getSelection()?.isCollapsed === false && !event.shiftKey) return;
    onLineClick?.({ ...line, isExtended: event.shiftKey });
  };
  const noteEntered = useReplacedLine({ container, onClick: click });
  const clickLine = useStableCallback(
    (
      {
        lineNumber,
        annotationSide = "additions",
        event,
      }: { lineNumber: number; annotationSide?: DiffSide; event: PointerEvent },
      { item }: Item,
    ) => click({ id: item.id, side: annotationSide, line: lineNumber, event }),
  );
  const enterLine = useStableCallback(
    (
      {
        lineNumber,
        annotationSide = "additions",
        lineElement,
      }: { lineNumber: number; annotationSide?: DiffSide; lineElement: HTMLElement },
      { item }: Item,
    ) => {
      const entered = { id: item.id, side: annotationSide, line: lineNumber, element: lineElement };
      noteEntered(entered);
      onLineEnter?.(entered);
    },
  );
  const comment = useStableCallback(
    ({ start, end, side = "additions", endSide = side }: SelectedLineRange, { item }: Item) => {
      // A comment is on the side on which the selection started.
      const last = endSide === side ? end : start;
      onCommentAt?.({ id: item.id, side, first: Math.min(start, last), last: Math.max(start, last) });
    },
  );
  return { clickLine, enterLine, comment };
}
