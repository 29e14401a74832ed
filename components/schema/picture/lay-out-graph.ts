import { Graph, layout } from "@dagrejs/dagre";
import type { GraphLayout } from "./schema-graph.ts";

export type Box = { id: string; widthPx: number; heightPx: number };
export type Line = { id: string; from: string; to: string };

type Group = { boxes: Box[]; lines: Line[] };
type LaidOut = Pick<GraphLayout, "width" | "height" | "places" | "lines">;

const gapPx = 28;
const rankGapPx = 72;
const marginPx = 24;
/** Fits most windows; larger pictures scroll. */
const aspect = 1.7;

/**
 * Places boxes so that edges are short and cross rarely. Connected boxes are laid out together; the groups are packed
 * in rows, largest first, and boxes without edges follow in a grid.
 */
export function layOutGraph({ boxes, lines }: { boxes: readonly Box[]; lines: readonly Line[] }): GraphLayout {
  const groups = findGroups({ boxes, lines });
  const connected = groups.filter((group) => group.boxes.length > 1).map(layOutGroup);
  const single = groups.filter((group) => group.boxes.length === 1).map(layOutSingle);
  return pack([...connected.toSorted((a, b) => b.width * b.height - a.width * a.height), ...single]);
}

function findGroups({ boxes, lines }: { boxes: readonly Box[]; lines: readonly Line[] }): Group[] {
  const parents = new Map(boxes.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    return root;
  };
  for (const { from, to } of lines) parents.set(rootOf(from), rootOf(to));
  const groups = Map.groupBy(boxes, ({ id }) => rootOf(id));
  const linesOf = Map.groupBy(lines, ({ from }) => rootOf(from));
  return [...groups].map(([root, members]) => ({ boxes: members, lines: linesOf.get(root) ?? [] }));
}

function layOutGroup({ boxes, lines }: Group): LaidOut {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: gapPx, ranksep: rankGapPx, edgesep: 12, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, widthPx, heightPx } of boxes) graph.setNode(id, { width: widthPx, height: heightPx });
  for (const { id, from, to } of lines) graph.setEdge(from, to, {}, id);
  layout(graph);
  const places: LaidOut["places"] = {};
  for (const { id, widthPx, heightPx } of boxes) {
    const { x, y } = graph.node(id) as { x: number; y: number };
    places[id] = { x: x - widthPx / 2, y: y - heightPx / 2 };
  }
  const bends: LaidOut["lines"] = {};
  for (const { id, from, to } of lines) {
    const { points } = graph.edge(from, to, id) as { points?: { x: number; y: number }[] };
    bends[id] = (points ?? []).map(({ x, y }) => ({ x, y }));
  }
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width, height, places, lines: bends };
}

function layOutSingle({ boxes: [box] }: Group): LaidOut {
  return box === undefined
    ? { width: 0, height: 0, places: {}, lines: {} }
    : { width: box.widthPx, height: box.heightPx, places: { [box.id]: { x: 0, y: 0 } }, lines: {} };
}

/** Rows from the left, each as high as its highest group. */
function pack(groups: readonly LaidOut[]): GraphLayout {
  const area = groups.reduce((sum, { width, height }) => sum + (width + gapPx) * (height + gapPx), 0);
  const rowWidth = Math.max(Math.sqrt(area * aspect), ...groups.map(({ width }) => width));
  const packed: GraphLayout = { width: 0, height: 0, places: {}, lines: {} };
  let left = 0;
  let top = 0;
  let rowHeight = 0;
  for (const group of groups) {
    if (left > 0 && left + group.width > rowWidth) {
      top += rowHeight + gapPx;
      left = 0;
      rowHeight = 0;
    }
    const move = ({ x, y }: { x: number; y: number }) => ({ x: x + left + marginPx, y: y + top + marginPx });
    for (const [id, place] of Object.entries(group.places)) packed.places[id] = move(place);
    for (const [id, points] of Object.entries(group.lines)) packed.lines[id] = points.map(move);
    left += group.width + gapPx;
    rowHeight = Math.max(rowHeight, group.height);
    packed.width = Math.max(packed.width, left - gapPx + 2 * marginPx);
  }
  packed.height = top + rowHeight + 2 * marginPx;
  return packed;
}
