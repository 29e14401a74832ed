"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { cn } from "../../ui/class-names.ts";
import { listFragmentLines, type FragmentLine } from "./edit-fragments.ts";
import type { RunEventStore } from "../progress/run-event-store.ts";

/** The distance from the end within which the view keeps following. */
const followPixels = 64;

const styles: Record<FragmentLine["sign"], string> = {
  " ": "text-muted",
  "-": "bg-negative-surface",
  "+": "bg-positive-surface",
};

/**
 * The parts that edits of a file replace, as they stream: removed, added and surrounding lines. Follows the end unless
 * the user has scrolled up.
 */
export function StreamedEdits({
  store,
  path,
  isFollowing,
}: {
  store: RunEventStore;
  path: string;
  isFollowing: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  // Re-rendered with each flush: a file has few fragments, which grow in place.
  useSyncExternalStore(store.subscribe, store.getState, store.getState);
  const fragments = store.files.edits(path);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const box = scroller.current;
    if (box !== null && isFollowing && isAtEnd.current) box.scrollTop = box.scrollHeight;
  });
  return (
    <div
      ref={scroller}
      role="region"
      aria-label={`Edits of ${path}`}
      tabIndex={0}
      onScroll={({ currentTarget: box }) => {
        isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < followPixels;
      }}
      className="h-[max(24rem,calc(var(--app-height)-24rem))] overflow-auto overscroll-contain bg-surface -outline-offset-2"
    >
      {fragments.map((fragment, index) => (
        <pre key={index} className="w-fit min-w-full border-b py-2 font-mono text-xs/5 [tab-size:4]">
          {listFragmentLines(fragment).map(({ sign, text }, line) => (
            <span key={line} className={cn("block px-3", styles[sign])}>
              {sign} {text}
            </span>
          ))}
        </pre>
      ))}
    </div>
  );
}
