import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { describeTable } from "./describe-table.ts";
import { EdgeLines } from "./edge-lines.tsx";
import {
  clampScale,
  findNeighbour,
  firstScale,
  fitScale,
  scrollForScale,
  stepScale,
  type Direction,
} from "./move-in-picture.ts";
import type { GraphLayout, SchemaGraph } from "./schema-graph.ts";
import { TableBox } from "./table-box.tsx";
import { ZoomButtons } from "./zoom-buttons.tsx";
import { cn } from "../../ui/class-names.ts";
import { useStableCallback } from "../../ui/hooks/stable-callback.ts";

const arrows: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
/** A press that moves less than this is a click. */
const dragThresholdPx = 4;

/**
 * The picture in a scrolling viewport. It scrolls by wheel and touch, by dragging with the mouse, and to the focused
 * table.
 */
export function PictureCanvas({
  graph,
  layout,
  foundIds,
  chosenId,
  focusedId,
  onFocus,
  onChoose,
}: {
  graph: SchemaGraph;
  layout: GraphLayout;
  foundIds: ReadonlySet<string>;
  chosenId: string | null;
  /** The table that receives the focus when the user tabs into the picture. */
  focusedId: string | null;
  onFocus: (id: string) => void;
  onChoose: (id: string | null) => void;
}) {
  const view = useRef<HTMLDivElement>(null);
  const { scale, zoomTo, zoomBy, fit } = useZoom({ view, layout, graph });
  const { isDragging, ...drag } = useDrag(view);
  const focus = (id: string | undefined) => {
    if (id !== undefined) view.current?.querySelector<HTMLElement>(`[data-table="${CSS.escape(id)}"]`)?.focus();
  };
  const onKeyDown = useStableCallback((event: KeyboardEvent, id: string) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    const from = graph.tables.find((table) => table.id === id);
    if (direction !== undefined && from !== undefined)
      focus(findNeighbour({ tables: graph.tables, layout, from, direction })?.id);
    else if (event.key === "Home") focus(graph.tables[0]?.id);
    else if (event.key === "End") focus(graph.tables.at(-1)?.id);
    else if (event.key === "+" || event.key === "=") zoomBy(1);
    else if (event.key === "-") zoomBy(-1);
    else if (event.key === "0") fit();
    else if (event.key === "Escape" && chosenId !== null) onChoose(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const tabStop = graph.tables.some(({ id }) => id === focusedId) ? focusedId : graph.tables[0]?.id;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={view}
        role="group"
        aria-label={`Picture of ${graph.tables.length} ${graph.tables.length === 1 ? "box" : "boxes"}`}
        aria-describedby="schema-picture-keys"
        {...drag}
        className={cn(
          "absolute inset-0 overflow-auto overscroll-contain rounded-md border bg-surface",
          isDragging ? "cursor-grabbing select-none" : "cursor-grab",
        )}
      >
        <div style={{ width: layout.width * scale, height: layout.height * scale }} className="relative">
          <div style={{ transform: `scale(${scale})` }} className="absolute inset-0 origin-top-left">
            <EdgeLines graph={graph} layout={layout} chosenId={chosenId} />
            {graph.tables.map((table) => {
              const { x, y } = layout.places[table.id] ?? { x: 0, y: 0 };
              return (
                <TableBox
                  key={table.id}
                  table={table}
                  label={describeTable({ table, graph })}
                  x={x}
                  y={y}
                  isTabStop={table.id === tabStop}
                  isChosen={table.id === chosenId}
                  isFound={foundIds.has(table.id)}
                  onFocus={onFocus}
                  onChoose={onChoose}
                  onKeyDown={onKeyDown}
                />
              );
            })}
          </div>
        </div>
      </div>
      <ZoomButtons scale={scale} onZoom={zoomBy} onFit={fit} onFullSize={() => zoomTo({ scale: 1 })} />
    </div>
  );
}

function useZoom({
  view,
  layout,
  graph,
}: {
  view: { current: HTMLDivElement | null };
  layout: GraphLayout;
  graph: SchemaGraph;
}) {
  const [scale, setScale] = useState(1);
  /** The scroll position at the next scale; it can be applied only after the render. */
  const pending = useRef<{ left: number; top: number } | null>(null);
  const zoomTo = useStableCallback(({ scale: wanted, at }: { scale: number; at?: { x: number; y: number } }) => {
    const element = view.current;
    const to = clampScale(wanted);
    if (element === null || to === scale) return;
    const { scrollLeft: left, scrollTop: top, clientWidth, clientHeight } = element;
    const point = at ?? { x: clientWidth / 2, y: clientHeight / 2 };
    pending.current = scrollForScale({ scroll: { left, top }, at: point, from: scale, to });
    setScale(to);
  });
  const readSizes = () => ({
    picture: layout,
    window: { width: view.current?.clientWidth ?? layout.width, height: view.current?.clientHeight ?? layout.height },
  });
  useLayoutEffect(() => {
    view.current?.scrollTo(pending.current ?? {});
    pending.current = null;
  }, [scale, view]);
  useLayoutEffect(() => {
    const { picture, window } = readSizes();
    const first = firstScale({ picture, window });
    const changed = graph.tables.find(({ change, rows }) => change !== null || rows.some((row) => row.change !== null));
    const place = changed === undefined ? undefined : layout.places[changed.id];
    pending.current =
      place === undefined || changed === undefined
        ? { left: 0, top: 0 }
        : {
            left: (place.x + changed.widthPx / 2) * first - window.width / 2,
            top: (place.y + changed.heightPx / 2) * first - window.height / 2,
          };
    setScale(first);
    if (first === scale) {
      view.current?.scrollTo(pending.current);
      pending.current = null;
    }
    // The first view of a layout; what happens to it afterwards is the user's.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [layout]);
  useEffect(() => {
    const element = view.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      zoomTo({ scale: scale * Math.exp(-event.deltaY / 300), at: { x: event.clientX - left, y: event.clientY - top } });
    };
    // React's listener is passive and cannot prevent the browser from zooming the page.
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [view, scale, zoomTo]);
  return {
    scale,
    zoomTo,
    zoomBy: (direction: 1 | -1) => zoomTo({ scale: stepScale(scale, direction) }),
    fit: () => zoomTo({ scale: fitScale(readSizes()) }),
  };
}

/** Mouse dragging. Touch scrolls natively. */
function useDrag(view: { current: HTMLDivElement | null }) {
  const [isDragging, setIsDragging] = useState(false);
  const start = useRef<{ x: number; y: number; left: number; top: number } | null>(null);
  const end = () => {
    start.current = null;
    setIsDragging(false);
  };
  return {
    isDragging,
    onPointerDown: ({ pointerType, button, clientX: x, clientY: y, target }: PointerEvent<HTMLDivElement>) => {
      const element = view.current;
      // Ignores presses on the scroll bars.
      if (element === null || pointerType !== "mouse" || button !== 0 || target === element) return;
      start.current = { x, y, left: element.scrollLeft, top: element.scrollTop };
    },
    onPointerMove: ({ clientX, clientY, pointerId }: PointerEvent<HTMLDivElement>) => {
      const element = view.current;
      if (element === null || start.current === null) return;
      const { x, y, left, top } = start.current;
      if (!isDragging && Math.hypot(clientX - x, clientY - y) < dragThresholdPx) return;
      if (!isDragging) {
        element.setPointerCapture(pointerId);
        setIsDragging(true);
      }
      element.scrollTo({ left: left - (clientX - x), top: top - (clientY - y) });
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
