"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore, type ComponentProps, type ReactNode } from "react";
import { MissingPart } from "../ui/states/missing-part.tsx";
import { usePartLoading } from "../ui/states/part-loading.ts";
import type { DiffSurface, readSurfaceItems } from "./diff-surface.tsx";

let loaded: { surface: typeof DiffSurface; readItems: typeof readSurfaceItems } | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/**
 * The surface and its colours are the largest part of the code, loaded when a page needs them. One import loads both:
 * with two parallel imports that share modules, the bundler may run one before its dependencies have arrived. Rejects
 * if loading fails; the next call tries again.
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

/** Whether lines can be rendered. Work that the first lines do not need waits for this. */
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
 * The surface, rendered as soon as its code is loaded; `fallback` until then. Not React.lazy, which keeps a
 * fallback for 300 ms once it has shown it.
 */
export function LazyDiffSurface({ fallback, ...props }: ComponentProps<typeof DiffSurface> & { fallback: ReactNode }) {
  const state = useSyncExternalStore(
    subscribe,
    () => loaded,
    () => null,
  );
  // Patches are parsed in their own task, before the one that renders the first lines.
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
