import { useEffect, useSyncExternalStore } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import { isActive, type RunStatus } from "#lib/contracts/runs/run-state.ts";

let watched: readonly RunId[] = [];
/** A response in flight when a run ended still calls it active: it is not watched again. */
const told = new Set<RunId>();
const listeners = new Set<() => void>();

function set(next: readonly RunId[]): void {
  watched = next;
  for (const listener of listeners) listener();
}

/** This tab has seen the run running, so it will be notified of its end on any page. */
export function watchRun(runId: RunId): void {
  if (!told.has(runId) && !watched.includes(runId)) set([...watched, runId]);
}

/** The end of the run was announced, or is visible. */
export function unwatchRun(runId: RunId): void {
  told.add(runId);
  if (watched.includes(runId)) set(watched.filter((each) => each !== runId));
}

/** The runs whose end is to be announced. */
export function useWatchedRuns(): readonly RunId[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => watched,
    () => watched,
  );
}

/** Watches the run while it is shown as active, and afterwards. */
export function useWatchActiveRun(run: { runId: RunId; status: RunStatus } | null): void {
  const activeId = run !== null && isActive(run.status) ? run.runId : null;
  useEffect(() => {
    if (activeId !== null) watchRun(activeId);
  }, [activeId]);
}
