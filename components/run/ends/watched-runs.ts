import { useEffect, useSyncExternalStore } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import { isActive, type RunStatus } from "#lib/contracts/runs/run-state.ts";

let watched: readonly RunId[] = [];
/** An answer that was on its way when a run ended still calls it active: it is not watched again. */
const told = new Set<RunId>();
const listeners = new Set<() => void>();

function set(next: readonly RunId[]): void {
  watched = next;
  for (const listener of listeners) listener();
}

/** This tab has seen the run at work: it is told when that ends, wherever it is by then. */
export function watchRun(runId: RunId): void {
  if (!told.has(runId) && !watched.includes(runId)) set([...watched, runId]);
}

/** The end of the run was told, or is on the screen. */
export function unwatchRun(runId: RunId): void {
  told.add(runId);
  if (watched.includes(runId)) set(watched.filter((each) => each !== runId));
}

/** The runs whose end is to be told. */
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

/** Watches the run for as long as it is shown as active, and beyond. */
export function useWatchActiveRun(run: { runId: RunId; status: RunStatus } | null): void {
  const activeId = run !== null && isActive(run.status) ? run.runId : null;
  useEffect(() => {
    if (activeId !== null) watchRun(activeId);
  }, [activeId]);
}
