"use client";

import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ThreadEntry } from "#lib/contracts/runs/thread.ts";
import { useCheckMarks } from "../../checks/check-marks.ts";
import { entryHeightPx, type ThreadLook } from "./entry-lines.ts";
import { entriesInSight, fromEndToShow, sumHeights } from "./entry-window.ts";
import { entryId } from "./thread-entries.ts";
import type { LaneRow } from "../../history/graph/lay-out-lanes.ts";
import { layOutEntries } from "./lay-out-entries.ts";
import { findBranchPoints } from "./find-branch-points.ts";
import { ThreadEntryRow } from "./thread-entry-row.tsx";

const noLanes: ReadonlyMap<string, LaneRow> = new Map();

/** Until the list is measured, and on the server. */
const firstHeightPx = 640;

/** Older entries are requested this many entries before the end of the loaded ones. */
const readAhead = 10;

/**
 * The entries of a thread, of which only visible ones are rendered. It is anchored at the bottom, at its newest entry,
 * and grows upwards: the scroller is reversed, so that older entries move nothing. `shown` is the entry on the right
 * side; -1 is none.
 */
export function ThreadList({
  projectId,
  entries,
  look,
  shown,
  onOlder,
}: {
  projectId: ProjectId;
  entries: readonly ThreadEntry[];
  look: ThreadLook;
  shown: number;
  /** Requests older entries; null if all are loaded or loading. */
  onOlder: (() => void) | null;
}) {
  const ends = useMemo(() => sumHeights(entries.map((entry) => entryHeightPx({ entry, look }))), [entries, look]);
  const branchesFrom = useMemo(() => findBranchPoints(entries), [entries]);
  const lanes = useMemo(() => (look === "compact" ? layOutEntries(entries) : noLanes), [entries, look]);
  const [focused, setFocused] = useState<string | null>(null);
  const focusedIndex = focused === null ? -1 : entries.findIndex((entry) => entryId(entry) === focused);
  const pinned = focusedIndex === -1 ? shown : focusedIndex;
  const { scroller, view, scrollTo } = useEndScroller({ ends, newest: entries[0], entries });
  const rows = entriesInSight({ ends, ...view, pinned });
  const checkMarks = useCheckMarks({
    projectId,
    generationIds: entries.map((entry) => (entry.kind === "generation" ? entry.generationId : null)),
    rows,
  });
  const isAtOldest = (rows.at(-1) ?? 0) >= entries.length - readAhead;
  useEffect(() => {
    if (isAtOldest) onOlder?.();
  }, [isAtOldest, onOlder]);
  const shownEntry = entries[shown];
  const shownId = shownEntry === undefined ? null : entryId(shownEntry);
  useLayoutEffect(() => {
    if (shown !== -1) scrollTo(shown);
    // Who scrolls on is not brought back when entries come.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [shownId, look]);

  const list = useRef<HTMLOListElement>(null);
  const tabStop = pinned === -1 ? 0 : pinned;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowUp: tabStop + 1, ArrowDown: tabStop - 1, Home: entries.length - 1, End: 0 }[event.key];
    const entry = next === undefined ? undefined : entries[next];
    if (next === undefined || entry === undefined || event.shiftKey || event.altKey) return;
    event.preventDefault();
    flushSync(() => setFocused(entryId(entry)));
    scrollTo(next);
    list.current?.querySelector<HTMLElement>(`[data-entry="${entryId(entry)}"] a`)?.focus({ preventScroll: true });
  };
  return (
    <div ref={scroller} className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto [overflow-anchor:none]">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the links in it */}
      <ol
        ref={list}
        aria-label="What happened"
        onKeyDown={onKeyDown}
        onBlur={() => setFocused(null)}
        className="relative shrink-0"
        style={{ height: ends.at(-1) ?? 0 }}
      >
        {rows.toReversed().map((index) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          return (
            <ThreadEntryRow
              key={entryId(entry)}
              projectId={projectId}
              entry={entry}
              checkMark={entry.kind === "generation" ? (checkMarks.get(entry.generationId) ?? null) : null}
              branchesFrom={branchesFrom.get(entryId(entry)) ?? null}
              look={look}
              lane={lanes.get(entryId(entry)) ?? null}
              isShown={index === shown}
              isTabStop={index === tabStop}
              bottomPx={index === 0 ? 0 : (ends[index - 1] ?? 0)}
              onFocus={() => setFocused(entryId(entry))}
            />
          );
        })}
      </ol>
    </div>
  );
}

/** A reversed scroller: `fromEndPx` is the distance scrolled up from the newest entry. */
function useEndScroller({
  ends,
  newest,
  entries,
}: {
  ends: readonly number[];
  newest: ThreadEntry | undefined;
  entries: readonly ThreadEntry[];
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ fromEndPx: 0, heightPx: firstHeightPx });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setView({ fromEndPx: -element.scrollTop, heightPx: element.clientHeight });
    // Rendered in the frame of the scroll, not in the next one.
    const onScroll = () => flushSync(measure);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, []);
  // A user who reads older entries keeps their place while newer ones arrive.
  const newestId = newest === undefined ? null : entryId(newest);
  const before = useRef(newestId);
  useLayoutEffect(() => {
    const former = entries.findIndex((entry) => entryId(entry) === before.current);
    before.current = newestId;
    const addedPx = former > 0 ? (ends[former - 1] ?? 0) : 0;
    if (addedPx > 0 && scroller.current !== null && scroller.current.scrollTop < 0)
      scroller.current.scrollTop -= addedPx;
  }, [newestId, entries, ends]);
  const scrollTo = (index: number) => {
    const element = scroller.current;
    if (element === null || element.clientHeight === 0) return;
    const fromEndPx = -element.scrollTop;
    const wantedPx = fromEndToShow({ ends, index, fromEndPx, heightPx: element.clientHeight });
    if (wantedPx !== fromEndPx) element.scrollTop = -wantedPx;
  };
  return { scroller, view, scrollTo };
}
