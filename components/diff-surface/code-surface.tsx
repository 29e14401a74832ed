"use client";

import { useEffect, useEffectEvent, useMemo, useState, type RefObject } from "react";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import { Skeleton } from "../ui/states/skeleton.tsx";
import type { DiffSurfaceHandle, DiffSurfaceItem } from "./surface-types.ts";
import { LazyDiffSurface } from "./lazy-diff-surface.tsx";
import type { FoundText } from "./line-paint.ts";

/**
 * One file for reading, with colours and line numbers, windowed like the review. Scrolls to `lines` and highlights
 * them.
 */
export function CodeSurface({
  path,
  text,
  cacheKey,
  colours,
  lines,
  found,
  handle,
  onLineClick,
}: {
  path: string;
  text: string;
  cacheKey: string;
  colours: LineColours | null;
  lines: { first: number; last: number } | null;
  found: FoundText | null;
  handle: RefObject<DiffSurfaceHandle | null>;
  onLineClick: (place: { line: number; isExtended: boolean }) => void;
}) {
  const items = useMemo(
    (): DiffSurfaceItem[] => [{ id: path, type: "text", text, cacheKey, colours, isCollapsed: false }],
    [path, text, cacheKey, colours],
  );
  const [isReady, setIsReady] = useState(false);
  const openAtLines = useEffectEvent(() => {
    if (lines !== null) handle.current?.scrollToLine({ id: path, line: lines.first });
  });
  useEffect(() => {
    if (isReady) openAtLines();
  }, [isReady, path]);
  return (
    <LazyDiffSurface
      fallback={<Skeleton className="m-3 h-96" />}
      handle={handle}
      items={items}
      view="unified"
      isWrapped={false}
      label={`Text of ${path}`}
      selection={lines === null ? null : { id: path, side: "additions", ...lines }}
      found={found}
      onLineClick={onLineClick}
      onReady={() => setIsReady(true)}
      renderHeader={() => null}
    />
  );
}
