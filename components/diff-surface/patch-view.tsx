"use client";

import { useMemo, useRef } from "react";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { useIsAtLeast } from "../ui/windows/window-width.ts";
import type { DiffSurfaceHandle } from "./surface-types.ts";
import { LazyDiffSurface } from "./lazy-diff-surface.tsx";
import { LowHeader } from "./header/low-header.tsx";
import { parseHunks } from "./hunks/parse-hunks.ts";

const splitMinWidthPx = 900;
const lineHeightPx = 20;
const maxHeightPx = 440;

/** A placeholder for a patch without visible lines. */
function describeHeader(patch: string): string {
  const [, oldMode, newMode] = /^old mode (\d+)\nnew mode (\d+)$/m.exec(patch) ?? [];
  return oldMode === newMode ? "No line differs." : `No line differs: mode ${oldMode} → ${newMode}.`;
}

/** A single patch, parent and candidate side by side if there is room. Long ones scroll in their box. */
export function PatchView({
  path,
  patch,
  cacheKey,
  label,
  sides = ["Parent", "Proposed"],
}: {
  path: string;
  patch: string;
  cacheKey: string;
  label: string;
  /** The labels of the left and right text. */
  sides?: readonly [string, string];
}) {
  const handle = useRef<DiffSurfaceHandle>(null);
  const isWide = useIsAtLeast(splitMinWidthPx);
  const hunks = useMemo(() => parseHunks(patch), [patch]);
  const lineCount = patch.split("\n").filter((line) => /^[-+ @]/.test(line)).length;
  const heightPx = Math.min(maxHeightPx, (lineCount + 1) * lineHeightPx);
  // A file that exists on one side only needs no second column.
  const isSplit = isWide && !/^(?:new|deleted) file mode/m.test(patch);
  if (hunks.length === 0) return <p className="px-1 text-sm text-muted">{describeHeader(patch)}</p>;
  return (
    <div className="overflow-hidden rounded-md border" style={{ height: heightPx }}>
      <LazyDiffSurface
        fallback={<Skeleton className="h-full w-full" />}
        handle={handle}
        label={label}
        view={isSplit ? "split" : "unified"}
        isWrapped={!isWide}
        items={[{ id: path, type: "patch", patch, hunks, cacheKey, isCollapsed: false }]}
        hasLowHeaders
        renderHeader={() => (
          <LowHeader>
            {isSplit ? (
              <>
                <span className="flex-1">{sides[0]}</span>
                <span className="flex-1">{sides[1]}</span>
              </>
            ) : (
              <span>{isWide ? sides[1] : `${sides[0]}, then ${sides[1]}`}</span>
            )}
          </LowHeader>
        )}
      />
    </div>
  );
}
