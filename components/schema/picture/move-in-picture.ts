import type { DrawnTable, GraphLayout } from "./schema-graph.ts";

export type Direction = "left" | "right" | "up" | "down";

const steps = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const;

/** The nearest box in a direction, where distance from the axis counts more. Null if there is none. */
export function findNeighbour({
  tables,
  layout,
  from,
  direction,
}: {
  tables: readonly DrawnTable[];
  layout: GraphLayout;
  from: DrawnTable;
  direction: Direction;
}): DrawnTable | null {
  const [stepX, stepY] = steps[direction];
  const start = centreOf(from, layout);
  let nearest: { table: DrawnTable; distance: number } | null = null;
  for (const table of tables) {
    if (table.id === from.id) continue;
    const centre = centreOf(table, layout);
    const along = (centre.x - start.x) * stepX + (centre.y - start.y) * stepY;
    const aside = Math.abs((centre.x - start.x) * stepY) + Math.abs((centre.y - start.y) * stepX);
    const distance = along + 2 * aside;
    if (along > 1 && (nearest === null || distance < nearest.distance)) nearest = { table, distance };
  }
  return nearest?.table ?? null;
}

function centreOf({ id, widthPx, heightPx }: DrawnTable, { places }: GraphLayout): { x: number; y: number } {
  const { x, y } = places[id] ?? { x: 0, y: 0 };
  return { x: x + widthPx / 2, y: y + heightPx / 2 };
}

const minScale = 0.1;
const maxScale = 2;
/** At a smaller scale, names are unreadable. */
const readableScale = 0.8;
const zoomStep = 1.25;

type Size = { width: number; height: number };

/** The scale at which a whole picture is visible, at most its full size. */
export function fitScale({ picture, window }: { picture: Size; window: Size }): number {
  return clampScale(Math.min(1, window.width / picture.width, window.height / picture.height));
}

/** The initial scale: the whole picture if readable, else the smallest readable scale. */
export function firstScale(sizes: { picture: Size; window: Size }): number {
  return Math.max(fitScale(sizes), readableScale);
}

export function stepScale(scale: number, direction: 1 | -1): number {
  return clampScale(scale * zoomStep ** direction);
}

export function clampScale(scale: number): number {
  return Math.min(maxScale, Math.max(minScale, scale));
}

/** The scroll position that keeps the picture's point under `at` in place. */
export function scrollForScale({
  scroll,
  at,
  from,
  to,
}: {
  scroll: { left: number; top: number };
  at: { x: number; y: number };
  from: number;
  to: number;
}): { left: number; top: number } {
  return {
    left: ((scroll.left + at.x) / from) * to - at.x,
    top: ((scroll.top + at.y) / from) * to - at.y,
  };
}
