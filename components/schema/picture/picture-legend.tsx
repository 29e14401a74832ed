import type { SchemaGraph } from "./schema-graph.ts";

/** The meaning of colours, edges and keys, and what is not drawn. */
export function PictureLegend({ graph: { tables, edges, leftOutCount, hubs } }: { graph: SchemaGraph }) {
  const changes = new Set([
    ...tables.flatMap(({ change, rows }) => [change, ...rows.map((row) => row.change)]),
    ...edges.map(({ change }) => change),
  ]);
  const hubNames = tables.filter(({ id }) => hubs.includes(id)).map(({ entity }) => entity.name);
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {changes.has("added") && <span className="text-positive">+ new since the parent</span>}
      {changes.has("removed") && <span className="text-negative line-through">− gone since the parent</span>}
      {changes.has("changed") && <span className="text-caution">~ changed</span>}
      {leftOutCount > 0 && <span>{leftOutCount} more are in the list.</span>}
      {hubNames.length > 0 && <span>Lines of {hubNames.join(", ")} show when an end of them is chosen.</span>}
      <span id="schema-picture-keys">
        Arrow keys move between boxes, Enter shows one, + and − zoom, 0 fits the window.
      </span>
    </div>
  );
}
