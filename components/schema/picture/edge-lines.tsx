import { memo } from "react";
import { drawLine } from "./line-path.ts";
import type { DrawnChange, GraphLayout, SchemaGraph } from "./schema-graph.ts";
import { cn } from "../../ui/class-names.ts";

const strokes: Record<DrawnChange, string> = {
  added: "stroke-positive",
  removed: "stroke-negative",
  changed: "stroke-caution",
};

/** The edges between tables, with a fork at a "many" end. */
export const EdgeLines = memo(function EdgeLines({
  graph: { tables, edges },
  layout,
  chosenId,
}: {
  graph: Pick<SchemaGraph, "tables" | "edges">;
  layout: GraphLayout;
  /** Its edges are highlighted, and hidden ones are drawn. */
  chosenId: string | null;
}) {
  const byId = new Map(tables.map((table) => [table.id, table]));
  return (
    <svg aria-hidden width={layout.width} height={layout.height} className="pointer-events-none absolute inset-0">
      <defs>
        <marker
          id="schema-many"
          viewBox="0 0 12 12"
          refX="11"
          refY="6"
          markerUnits="userSpaceOnUse"
          markerWidth="11"
          markerHeight="11"
          orient="auto-start-reverse"
        >
          <path d="M0 6 L11 1 M0 6 L11 6 M0 6 L11 11" className="fill-none stroke-line-strong" />
        </marker>
        <marker
          id="schema-one"
          viewBox="0 0 12 12"
          refX="11"
          refY="6"
          markerUnits="userSpaceOnUse"
          markerWidth="11"
          markerHeight="11"
          orient="auto-start-reverse"
        >
          <path d="M6 2 L6 10" className="fill-none stroke-line-strong" />
        </marker>
      </defs>
      {edges.map((edge) => {
        const from = byId.get(edge.from);
        const to = byId.get(edge.to);
        const isChosen = edge.from === chosenId || edge.to === chosenId;
        if (from === undefined || to === undefined || (edge.isOnDemand && !isChosen)) return null;
        return (
          <path
            key={edge.id}
            d={drawLine({ edge, from, to, layout })}
            markerStart={`url(#schema-${edge.isFromMany ? "many" : "one"})`}
            markerEnd={`url(#schema-${edge.isToMany ? "many" : "one"})`}
            strokeWidth={isChosen ? 2.5 : 1.25}
            strokeDasharray={edge.change === "removed" ? "5 4" : undefined}
            className={cn(
              "fill-none",
              edge.change === null ? (isChosen ? "stroke-accent" : "stroke-line-strong") : strokes[edge.change],
            )}
          />
        );
      })}
    </svg>
  );
});
