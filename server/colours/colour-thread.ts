import { parentPort } from "node:worker_threads";
import { colourText } from "./colour-text.ts";

/** Answers one text after the other with its colours; null for one that cannot be coloured. */
parentPort?.on("message", (request: { path: string; text: string }) => {
  void colourText(request)
    .catch(() => null)
    .then((colours) => parentPort?.postMessage(colours));
});
