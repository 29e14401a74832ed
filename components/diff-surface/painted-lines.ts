import type { CodeViewHandle } from "@pierre/diffs/react";
import { useEffect, useEffectEvent, useState, type RefObject } from "react";
import type { DiffSurfaceItem, HunkActions } from "./surface-types.ts";
import { FoundPaint, paintKept, type FoundText } from "./line-paint.ts";
import type { Mark } from "./surface-annotations.ts";

/** Marks search matches and kept old lines, whenever lines are rendered or the marks change. */
export function usePaintedLines({
  viewer,
  itemById,
  old,
  found,
}: {
  viewer: RefObject<CodeViewHandle<Mark, undefined> | null>;
  itemById: ReadonlyMap<string, DiffSurfaceItem>;
  old: HunkActions["old"];
  found: FoundText | null;
}) {
  const [foundPaint] = useState(() => new FoundPaint());
  const paint = ({ element, id }: { element: HTMLElement; id: string }) => {
    const item = itemById.get(id);
    if (item?.type === "patch") paintKept({ element, hunks: item.hunks, old: old.get(id) });
    foundPaint.paint({ element, id, found });
  };
  const paintAll = useEffectEvent(() => {
    for (const { element, id } of viewer.current?.getInstance()?.getRenderedItems() ?? []) paint({ element, id });
  });
  useEffect(() => paintAll(), [found, old]);
  useEffect(() => () => foundPaint.clear(), [foundPaint]);
  return { paint, forget: (element: HTMLElement) => foundPaint.forget(element) };
}
