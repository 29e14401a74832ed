import { useEffect, useEffectEvent, useImperativeHandle, useState, type Ref, type RefObject } from "react";
import type { HunkActions, HunkTarget } from "../surface-types.ts";
import { HunkButtons } from "./hunk-buttons.tsx";
import { findHunkAt, type Hunk } from "./parse-hunks.ts";
import { barGapPx, foldHeightPx, headerHeightPx, type HoveredLine } from "../surface-view.ts";

/** Null if the pointer left the surface. */
export type HunkHoverHandle = { show: (line: HoveredLine | null) => void };

/**
 * The actions of the hunk under the pointer, on the bar above its first line: one for the whole surface, hidden on
 * scroll. The current hunk has its own.
 */
export function HunkHover({
  handle,
  container,
  hunksOf,
  actions,
  onExpand,
}: {
  handle: Ref<HunkHoverHandle>;
  container: RefObject<HTMLElement | null>;
  hunksOf: (id: string) => readonly Hunk[];
  actions: HunkActions;
  onExpand: (target: HunkTarget & { direction: "up" | "down" }) => void;
}) {
  const [shown, setShown] = useState<{ target: HunkTarget; topPx: number } | null>(null);
  useImperativeHandle(handle, () => ({
    show: (hovered) => {
      const surface = container.current;
      const target = hovered === null ? null : findTarget({ ...hovered, hunksOf });
      if (hovered === null || target === null || surface === null) setShown(null);
      else
        setShown((before) =>
          before?.target.id === target.id && before.target.hunk === target.hunk
            ? before
            : { target, topPx: findTop({ line: hovered.element, surface }) },
        );
    },
  }));
  const hide = useEffectEvent(() => setShown(null));
  useEffect(() => {
    const surface = container.current;
    if (surface === null || shown === null) return;
    surface.addEventListener("scroll", hide, { passive: true, once: true });
    return () => surface.removeEventListener("scroll", hide);
  }, [container, shown]);
  if (shown === null) return null;
  const { target, topPx } = shown;
  const isCurrent = actions.current?.id === target.id && actions.current.hunk === target.hunk;
  if (isCurrent || (actions.bar !== null && actions.old.get(target.id)?.has(target.hunk) === true)) return null;
  return (
    <div
      role="group"
      aria-label="The change under the pointer"
      className="absolute right-4 z-10 flex gap-0.5 rounded-md border bg-raised p-0.5 shadow-raised"
      style={{ top: topPx }}
    >
      <HunkButtons
        target={target}
        actions={actions}
        onExpand={(direction) => onExpand({ ...target, direction })}
        isCompact
      />
    </div>
  );
}

function findTarget({
  id,
  side,
  line,
  hunksOf,
}: HoveredLine & { hunksOf: (id: string) => readonly Hunk[] }): HunkTarget | null {
  const hunk = findHunkAt({ hunks: hunksOf(id), side, line });
  return hunk === -1 ? null : { id, hunk };
}

/** The position above the first rendered line of a hunk and below the sticky header. */
function findTop({ line, surface }: { line: HTMLElement; surface: HTMLElement }): number {
  let first = line;
  for (
    let row = line.previousElementSibling;
    row instanceof HTMLElement && row.dataset["lineType"] !== "context-expanded" && !row.hasAttribute("data-separator");
    row = row.previousElementSibling
  )
    first = row;
  const { top } = surface.getBoundingClientRect();
  const isBelowFold = first.previousElementSibling?.hasAttribute("data-separator") === true;
  return Math.max(
    first.getBoundingClientRect().top - top - (isBelowFold ? foldHeightPx : 0),
    headerHeightPx + barGapPx,
  );
}
