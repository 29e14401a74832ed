"use client";

import { useMemo, useRef } from "react";
import { DiffSurface } from "./diff-surface.tsx";
import type { DiffSurfaceHandle, DiffSurfaceItem } from "./diff-surface.tsx";

/** Patches to look at before they are made real, one below the other. One alone needs no header: what stands around it names it. */
export function PatchSurface({ patches, label }: { patches: { path: string; patch: string }[]; label: string }) {
  const surface = useRef<DiffSurfaceHandle>(null);
  const items = useMemo((): DiffSurfaceItem[] => patches.map(({ path, patch }) => ({ id: path, type: "patch", patch, cacheKey: `${path}-${patch}`, isCollapsed: false })), [patches]);
  const renderHeader = (path: string) => (patches.length === 1 ? null : <p className="truncate border-b bg-surface px-3 py-1 font-mono text-xs">{path}</p>);
  return <DiffSurface handle={surface} items={items} view="unified" isWrapped={false} label={label} renderHeader={renderHeader} />;
}
