"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { ComponentProps, ReactNode } from "react";
import type { DiffSurface } from "./diff-surface.tsx";
import { startDiffWorkers } from "./diff-workers.ts";

type Loaded = { surface: typeof DiffSurface } | { error: unknown };

let loaded: Loaded | null = null;
let isPrepared = false;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** The surface and its colours are the largest part of the product's code: they come when a page needs them. */
export function loadDiffSurface(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  startDiffWorkers();
  // Its failure is the surface's too, which says so.
  void import("./preload-highlighter.ts").then(({ preloadDiffHighlighter }) => preloadDiffHighlighter()).catch(() => undefined);
  try {
    const { DiffSurface: surface, prepareDiffSurface } = await import("./diff-surface.tsx");
    loaded = { surface };
    tellListeners();
    await prepareDiffSurface();
    isPrepared = true;
  } catch (error) {
    loaded = { error };
    loading = null;
  }
  tellListeners();
}

function tellListeners(): void {
  for (const listener of listeners) listener();
}

/** Whether lines can be drawn. What is not needed for the first of them waits until then. */
export function useIsDiffSurfacePrepared(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isPrepared,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The surface, in the frame in which its code is there; `fallback` until then. Not a lazy component of React's, which shows
 * nothing for 300 ms more once it has shown a fallback.
 */
export function LazyDiffSurface({ fallback, ...props }: ComponentProps<typeof DiffSurface> & { fallback: ReactNode }) {
  const state = useSyncExternalStore(
    subscribe,
    () => loaded,
    () => null,
  );
  useEffect(() => void loadDiffSurface(), []);
  if (state === null) return fallback;
  if ("error" in state) throw state.error;
  return <state.surface {...props} />;
}
