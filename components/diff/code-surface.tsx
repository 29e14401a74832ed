"use client";

import { useEffect, useMemo, useRef } from "react";
import { DiffSurface } from "./diff-surface.tsx";
import type { DiffSurfaceHandle, DiffSurfaceItem } from "./diff-surface.tsx";

/** One file to read, with colours and line numbers, windowed as the review is. */
export function CodeSurface({ path, text, cacheKey, line }: { path: string; text: string; cacheKey: string; line: number | null }) {
  const surface = useRef<DiffSurfaceHandle>(null);
  const items = useMemo((): DiffSurfaceItem[] => [{ id: path, type: "text", text, cacheKey, isCollapsed: false }], [path, text, cacheKey]);
  useEffect(() => {
    if (line !== null) surface.current?.scrollToLine({ id: path, line });
  }, [path, line]);
  return <DiffSurface handle={surface} items={items} view="unified" isWrapped={false} label={`Text of ${path}`} renderHeader={() => null} />;
}
