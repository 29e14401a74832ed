"use client";

import { useEffect, useState } from "react";
import { formatDuration } from "#lib/format-amount.ts";

const tickMs = 500;

/**
 * The time since `startedAt` (ISO 8601) plus `baseMs`, counting while visible. Hidden from screen readers, because it
 * changes constantly.
 */
export function Elapsed({ startedAt, baseMs = 0 }: { startedAt: string; baseMs?: number }) {
  const [nowMs, setNowMs] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setNowMs(Date.now());
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, []);
  const elapsedMs = nowMs === null ? 0 : Math.max(0, nowMs - Date.parse(startedAt));
  return <span aria-hidden>{formatDuration(baseMs + elapsedMs)}</span>;
}
