import type { DrawnEdge, DrawnTable, GraphLayout } from "./schema-graph.ts";

type Point = { x: number; y: number };

/** An edge's curve through the bends of its layout; without bends a straight line. */
export function drawLine({
  edge,
  from,
  to,
  layout,
}: {
  edge: DrawnEdge;
  from: DrawnTable;
  to: DrawnTable;
  layout: GraphLayout;
}): string {
  const points = layout.lines[edge.id] ?? [];
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return joinSides({ from, to, layout });
  const curve = points.slice(1, -1).flatMap((point, index) => {
    const next = points[index + 2];
    return next === undefined
      ? []
      : [`Q${print(point)} ${print(index === points.length - 3 ? last : middle(point, next))}`];
  });
  return `M${print(first)}${curve.length === 0 ? `L${print(last)}` : curve.join("")}`;
}

function joinSides({ from, to, layout }: { from: DrawnTable; to: DrawnTable; layout: GraphLayout }): string {
  const a = layout.places[from.id] ?? { x: 0, y: 0 };
  const b = layout.places[to.id] ?? { x: 0, y: 0 };
  const isRight = b.x + to.widthPx / 2 >= a.x + from.widthPx / 2;
  const start = { x: isRight ? a.x + from.widthPx : a.x, y: a.y + from.heightPx / 2 };
  const end = { x: isRight ? b.x : b.x + to.widthPx, y: b.y + to.heightPx / 2 };
  const bend = Math.max(40, Math.abs(end.x - start.x) / 2) * (isRight ? 1 : -1);
  return `M${print(start)}C${print({ x: start.x + bend, y: start.y })} ${print({ x: end.x - bend, y: end.y })} ${print(end)}`;
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function print({ x, y }: Point): string {
  return `${Math.round(x)},${Math.round(y)}`;
}
