"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { Skeleton } from "../ui/skeleton.tsx";
import type { DiffSurfaceHandle, DiffSurfaceItem } from "./diff-surface.tsx";
import { LazyDiffSurface } from "./lazy-diff-surface.tsx";

/** One file to read, with colours and line numbers, windowed as the review is. */
export function CodeSurface({ path, text, cacheKey, line }: { path: string; text: string; cacheKey: string; line: number | null }) {
  const surface = useRef<DiffSurfaceHandle>(null);
  const items = useMemo((): DiffSurfaceItem[] => [{ id: path, type: "text", text, cacheKey, isCollapsed: false }], [path, text, cacheKey]);
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    if (isReady && line !== null) surface.current?.scrollToLine({ id: path, line });
  }, [isReady, path, line]);
  return <LazyDiffSurface fallback={<Skeleton className="m-3 h-96" />} handle={surface} items={items} view="unified" isWrapped={false} label={`Text of ${path}`} onReady={() => setIsReady(true)} renderHeader={() => null} />;
}
