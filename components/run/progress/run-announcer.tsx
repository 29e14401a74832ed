"use client";

import { useEffect, useRef, useState } from "react";

const minimumGapMs = 5_000;

/** Announces a run's progress to screen readers, at most every five seconds; the newest text wins. */
export function RunAnnouncer({ text }: { text: string }) {
  const [spoken, setSpoken] = useState("");
  const lastSpokenAtMs = useRef(0);
  useEffect(() => {
    const waitMs = Math.max(0, lastSpokenAtMs.current + minimumGapMs - Date.now());
    const timer = setTimeout(() => {
      lastSpokenAtMs.current = Date.now();
      setSpoken(text);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p role="status" className="sr-only">
      {spoken}
    </p>
  );
}
