"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore, type ComponentProps, type ReactNode } from "react";
import { MissingPart } from "../ui/states/missing-part.tsx";
import { usePartLoading } from "../ui/states/part-loading.ts";
import type { DiffSurface, readSurfaceItems } from "./diff-surface.tsx";

let loaded: { surface: typeof DiffSurface; readItems: typeof readSurfaceItems } | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/**
 * The surface and its colours are the largest part of the product's code: they come when a page needs them. All by one
 * import: of two that go side by side and hold the same further ones, the bundler lets the first to arrive run before
 * what it needs of the other is there. Rejects where it does not arrive; the next call asks again.
 */
export function loadDiffSurface(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  try {
    const {
      DiffSurface: surface,
      prepareDiffSurface,
      readSurfaceItems: readItems,
    } = await import("./diff-surface.tsx");
    await prepareDiffSurface();
    loaded = { surface, readItems };
  } catch (error) {
    loading = null;
    throw error;
  }
  for (const listener of listeners) listener();
}

/** Whether lines can be drawn. What is not needed for the first of them waits until then. */
export function useIsDiffSurfacePrepared(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => loaded !== null,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The surface, in the frame in which its code is there; `fallback` until then. Not a lazy component of React's, which
 * shows nothing for 300 ms more once it has shown a fallback.
 */
export function LazyDiffSurface({ fallback, ...props }: ComponentProps<typeof DiffSurface> & { fallback: ReactNode }) {
  const state = useSyncExternalStore(
    subscribe,
    () => loaded,
    () => null,
  );
  // When the code comes, the patches are read in a task of their own, before that in which the first lines are drawn.
  const [isRead, setIsRead] = useState(loaded !== null);
  const { isMissing, retry } = usePartLoading(loadDiffSurface);
  const read = useEffectEvent(() => {
    state?.readItems(props.items);
    setIsRead(true);
  });
  const isLoaded = state !== null;
  useEffect(() => {
    if (!isLoaded) return;
    const timer = setTimeout(() => read());
    return () => clearTimeout(timer);
  }, [isLoaded]);
  if (state !== null && isRead) return <state.surface {...props} />;
  return isMissing ? <MissingPart isInPlace onRetry={retry} /> : fallback;
}
