"use client";

import { useEffect, useState } from "react";

const tickMs = 250;

/** "Trying again in 12 s.", down to "Trying again now." `untilMs` is epoch time. */
export function Countdown({ untilMs }: { untilMs: number }) {
  const [nowMs, setNowMs] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setNowMs(Date.now());
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, []);
  const leftSeconds = nowMs === null ? 0 : Math.ceil((untilMs - nowMs) / 1_000);
  return leftSeconds > 0 ? `Trying again in ${leftSeconds} s.` : "Trying again now.";
}
