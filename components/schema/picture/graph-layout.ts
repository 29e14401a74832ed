import { useEffect, useMemo, useState } from "react";
import type { GraphLayout, SchemaGraph } from "./schema-graph.ts";

type LayoutState = { layout: GraphLayout | null; hasFailed: boolean };

/**
 * The layout of a graph, computed in a worker; null until ready. A graph with the same boxes and edges keeps its
 * layout.
 */
export function useGraphLayout({ tables, edges }: Pick<SchemaGraph, "tables" | "edges">): LayoutState {
  const request = useMemo(
    () =>
      JSON.stringify({
        boxes: tables.map(({ id, widthPx, heightPx }) => ({ id, widthPx, heightPx })),
        lines: edges.filter(({ isOnDemand }) => !isOnDemand).map(({ id, from, to }) => ({ id, from, to })),
      }),
    [tables, edges],
  );
  const [answer, setAnswer] = useState<{ request: string; layout: GraphLayout | null } | null>(null);
  useEffect(() => {
    const worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<GraphLayout>) => setAnswer({ request, layout: data }));
    worker.addEventListener("error", () => setAnswer({ request, layout: null }));
    worker.postMessage(JSON.parse(request));
    return () => worker.terminate();
  }, [request]);
  if (answer?.request !== request) return { layout: null, hasFailed: false };
  return { layout: answer.layout, hasFailed: answer.layout === null };
}
