"use client";

import { useSyncExternalStore } from "react";
import { formatRelativeTime } from "./format-relative-time.ts";

const refreshMs = 30_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, refreshMs);
  return () => clearInterval(timer);
}

/** Constant within one tick, as an external store's snapshot has to be. */
function readTick(): number {
  return Math.floor(Date.now() / refreshMs);
}

/** A moment as "5 min ago", and under the pointer the exact local time. `at` is an ISO 8601 string. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const tick = useSyncExternalStore(subscribe, readTick, () => null);
  const date = new Date(at);
  // The server knows neither the reader's time zone nor the moment of hydration: it gives the date alone.
  return (
    <time
      dateTime={at}
      // Not before it is wanted: the browser's formatter is slow to start, and a list has hundreds of these.
      onPointerEnter={(event) => {
        event.currentTarget.title = date.toLocaleString();
      }}
      className={className}
    >
      {tick === null ? at.slice(0, 10) : formatRelativeTime({ at: date, now: new Date() })}
    </time>
  );
}
