"use client";

import { useSyncExternalStore } from "react";
import { formatRelativeTime } from "./format-relative-time.ts";

const refreshMs = 30_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, refreshMs);
  return () => clearInterval(timer);
}

/** Constant within one tick, as required for an external store's snapshot. */
function readTick(): number {
  return Math.floor(Date.now() / refreshMs);
}

/** A time as "5 min ago", with the exact local time as a tooltip. `at` is an ISO 8601 string. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const tick = useSyncExternalStore(subscribe, readTick, () => null);
  const date = new Date(at);
  // The server knows neither the user's time zone nor the time of hydration, so it renders the date alone.
  return (
    <time
      dateTime={at}
      // Formatted on demand: the browser's formatter is slow to start, and a list has hundreds of these.
      onPointerEnter={(event) => {
        event.currentTarget.title = date.toLocaleString();
      }}
      className={className}
    >
      {tick === null ? at.slice(0, 10) : formatRelativeTime({ at: date, now: new Date() })}
    </time>
  );
}
