"use client";

import { useEffect, useRef } from "react";
import type { RunEventStore } from "../progress/run-event-store.ts";
import type { StreamPosition, TextStream } from "./text-stream.ts";

/** The distance from the end within which the view keeps following. */
const followPixels = 32;

/**
 * Streaming text. New text is appended to DOM nodes directly, so that a long file costs no more per frame than a short
 * one. Follows the end unless the user has scrolled up.
 */
export function StreamedText({ store, stream, label }: { store: RunEventStore; stream: TextStream; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const output = useRef<HTMLPreElement>(null);
  useEffect(() => {
    let position: StreamPosition | null = null;
    const show = () => {
      const pre = output.current;
      const box = scroller.current;
      if (pre === null || box === null) return;
      const next = stream.readSince(position);
      position = next.position;
      if (next.text === "" && !next.isAnew) return;
      const isFollowing = box.scrollHeight - box.scrollTop - box.clientHeight < followPixels;
      if (next.isAnew) pre.replaceChildren();
      pre.append(next.text);
      if (isFollowing) box.scrollTop = box.scrollHeight;
    };
    show();
    return store.subscribe(show);
  }, [store, stream]);
  return (
    <div
      ref={scroller}
      role="region"
      aria-label={label}
      tabIndex={0}
      className="h-[max(24rem,calc(var(--app-height)-24rem))] overflow-auto overscroll-contain bg-surface p-3 -outline-offset-2"
    >
      <pre ref={output} className="font-mono text-xs/5 [tab-size:4]" />
    </div>
  );
}
