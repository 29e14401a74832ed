import { layOutGraph, type Box, type Line } from "./lay-out-graph.ts";

/** The entry point of the worker that lays out a picture. */
self.addEventListener("message", ({ data }: MessageEvent<{ boxes: Box[]; lines: Line[] }>) => {
  self.postMessage(layOutGraph(data));
});
