import { CUSTOM_HEADER_SLOT_ID } from "@pierre/diffs";
import type { CodeViewHandle } from "@pierre/diffs/react";
import type { RefObject } from "react";
import type { DiffSide } from "#lib/contracts/comparisons/review-comment.ts";
import type { Hunk } from "./hunks/parse-hunks.ts";
import type { Mark } from "./surface-annotations.ts";
import type { HunkTarget } from "./surface-types.ts";
import { headerHeightPx, locateHunk } from "./surface-view.ts";

/** Shows more lines around hunks, and returns the positions of hunks. */
export function useSurfaceHunks({
  viewer,
  container,
  hunksOf,
}: {
  viewer: RefObject<CodeViewHandle<Mark, undefined> | null>;
  container: RefObject<HTMLElement | null>;
  hunksOf: (id: string) => readonly Hunk[];
}) {
  const expand = ({
    id,
    gap,
    direction,
    count,
  }: {
    id: string;
    gap: number;
    direction: "up" | "down" | "both";
    count?: number;
  }) => {
    const drawn = viewer.current
      ?.getInstance()
      ?.getRenderedItems()
      .find((each) => each.id === id);
    if (drawn?.type === "diff") drawn.instance.expandHunk(gap, direction, ...(count === undefined ? [] : [count]));
  };
  const expandAt = ({ id, hunk, direction }: HunkTarget & { direction: "up" | "down" }) =>
    expand(direction === "up" ? { id, gap: hunk, direction: "down" } : { id, gap: hunk + 1, direction: "up" });
  /**
   * Measured in the page, because headers have variable heights that the library does not know. Between two frames this
   * forces no layout.
   */
  const locate = ({ id, hunk: index }: HunkTarget) => {
    const drawn = viewer.current
      ?.getInstance()
      ?.getRenderedItems()
      .find((each) => each.id === id);
    const hunk = hunksOf(id)[index];
    const surface = container.current;
    if (drawn?.type !== "diff" || drawn.item.collapsed === true || hunk === undefined || surface === null) return null;
    const header = drawn.element.querySelector(`[slot="${CUSTOM_HEADER_SLOT_ID}"]`);
    const headerPx = header?.getBoundingClientRect().height ?? headerHeightPx;
    const fileTopPx =
      drawn.element.getBoundingClientRect().top - surface.getBoundingClientRect().top + headerPx - headerHeightPx;
    const positionOf = (line: number, side: DiffSide) => drawn.instance.getLinePosition(line, side);
    const extent = locateHunk({ hunk, fileTopPx, positionOf });
    return extent === null ? null : { ...extent, headerPx };
  };
  return { expand, expandAt, locate };
}
