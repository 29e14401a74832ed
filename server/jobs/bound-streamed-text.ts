import type { RunEvent } from "#lib/contracts/runs/run-event.ts";

/**
 * Characters of streamed text in one run. 60 calls with the longest answers would come to 90 MB, and a page reads all
 * of it when it opens.
 */
const maxStreamedCharacters = 4 * 1_048_576;

/** Characters in a line of a list. Models put whole files into searches and paths. */
const maxLineCharacters = 500;

const notShown =
  "\n\n(More text arrives than is kept to be watched, so the rest is not shown here. The result is not affected.)\n";

/**
 * Bounds the text that a run's events hold while an answer streams: long lines are truncated, and after
 * `maxStreamedCharacters` one sentence replaces the rest. Other events pass unchanged. Returns null if nothing is to be
 * stored.
 */
export function createStreamedTextBound(): (event: RunEvent) => RunEvent | null {
  let leftCharacters = maxStreamedCharacters;
  let isTold = false;
  return (event) => {
    if (event.type === "model.looked") return { ...event, text: cut(event.text) };
    if (event.type === "file.started")
      return {
        ...event,
        path: cut(event.path),
        ...(event.destination === undefined ? {} : { destination: cut(event.destination) }),
      };
    if (event.type === "file.failed")
      return { ...event, path: cut(event.path), message: cut(event.message, 4 * maxLineCharacters) };
    if (event.type !== "model.text" && event.type !== "plan.delta" && event.type !== "file.delta") return event;
    leftCharacters -= event.delta.length;
    if (leftCharacters >= 0) return event.type === "file.delta" ? { ...event, path: cut(event.path) } : event;
    if (isTold) return null;
    isTold = true;
    return { type: "model.text", delta: notShown };
  };
}

function cut(text: string, maxCharacters = maxLineCharacters): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters)}…`;
}
