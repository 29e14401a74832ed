import type { RefObject } from "react";
import type { RunEventStore } from "./run-event-store.ts";
import { StreamedText } from "../texts/streamed-text.tsx";

/** The model's text beside its changes, unprocessed. Opened by its summary line, or through the ref. */
export function ModelWords({
  store,
  detailsRef,
}: {
  store: RunEventStore;
  detailsRef: RefObject<HTMLDetailsElement | null>;
}) {
  const stream = store.modelText;
  if (stream.length === 0) return null;
  return (
    <details ref={detailsRef} className="overflow-hidden rounded-md border">
      <summary className="bg-surface px-3 py-2 text-sm font-medium">What the model said</summary>
      <StreamedText store={store} stream={stream} label="What the model says" />
    </details>
  );
}

/** Opens the text and focuses it. */
export function showModelWords(details: HTMLDetailsElement | null): void {
  if (details === null) return;
  details.open = true;
  details.scrollIntoView({ block: "start" });
  details.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
}
