import type { CodeViewHandle } from "@pierre/diffs/react";
import { useImperativeHandle, type Ref, type RefObject } from "react";
import { useCodeLook } from "../ui/code-look.ts";
import type { Hunk } from "./hunks/parse-hunks.ts";
import { useScrollTarget } from "./scroll/scroll-target.ts";
import type { useRevealedLines } from "./scroll/revealed-lines.ts";
import type { Mark } from "./surface-annotations.ts";
import type { useSurfaceHunks } from "./surface-hunks.ts";
import type { DiffSurfaceHandle, DiffSurfaceItem } from "./surface-types.ts";
import { isLineInView, isLineUnfolded, readTopLine } from "./surface-view.ts";

export type LineTarget = Parameters<DiffSurfaceHandle["scrollToLine"]>[0];

/** More than any file has. */
const allLines = 10_000_000;

/** The functions by which a screen scrolls and reads a surface. */
export function useSurfaceHandle({
  handle,
  viewer,
  container,
  items,
  hunksOf,
  goToLine,
  reveal,
  expand,
  expandAt,
}: {
  handle: Ref<DiffSurfaceHandle>;
  viewer: RefObject<CodeViewHandle<Mark, undefined> | null>;
  container: RefObject<HTMLElement | null>;
  items: readonly DiffSurfaceItem[];
  hunksOf: (id: string) => readonly Hunk[];
  goToLine: (target: LineTarget) => void;
  reveal: ReturnType<typeof useRevealedLines>["reveal"];
} & Pick<ReturnType<typeof useSurfaceHunks>, "expand" | "expandAt">): void {
  const [{ lineHeightPx }] = useCodeLook();
  const goTo = useScrollTarget(items);
  const goToFile = (id: string) => viewer.current?.scrollTo({ type: "item", id, align: "start" });
  useImperativeHandle(handle, () => {
    const readView = () => viewer.current?.getInstance() ?? null;
    return {
      scrollToFile: (id) => goTo(() => goToFile(id)),
      scrollToLine: (target) => {
        const { id, line, side = "additions" } = target;
        goTo(() => (line > 0 && reveal({ id, line, side }) ? goToLine(target) : goToFile(id)));
      },
      findTopLine: (id) => {
        const drawn = readView();
        const scrolledPx = Math.max(0, (drawn?.getScrollTop() ?? 0) - (drawn?.getTopForItem(id) ?? 0));
        return Math.floor(scrolledPx / lineHeightPx) + 1;
      },
      focus: () => container.current?.focus({ preventScroll: true }),
      expandAround: ({ id, hunk, isWholeFile }) => {
        if (isWholeFile)
          for (let gap = 0; gap <= hunksOf(id).length; gap += 1)
            expand({ id, gap, direction: "both", count: allLines });
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
    };
  });
}
