"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef, type ReactNode } from "react";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import { useTRPCClient } from "#lib/trpc/client.tsx";
import { LazyDiffSurface } from "../../diff-surface/lazy-diff-surface.tsx";
import { LowHeader } from "../../diff-surface/header/low-header.tsx";
import { parseHunks } from "../../diff-surface/hunks/parse-hunks.ts";
import type { DiffSurfaceHandle, DiffSurfaceItem } from "../../diff-surface/surface-types.ts";
import type { RunFileView } from "../progress/followed/followed-files.ts";

/**
 * A run's changes to a file as a difference from the parent, while it writes other files. `children` are the streamed
 * texts. They are shown until the difference is loaded, and if the changes cannot be applied on their own.
 */
export function DraftDiff({
  runId,
  parentGenerationId,
  file: { path, additions, deletions },
  operations,
  children,
}: {
  runId: RunId;
  parentGenerationId: GenerationId;
  file: RunFileView;
  operations: ChangeOperation[];
  children: ReactNode;
}) {
  const client = useTRPCClient();
  const handle = useRef<DiffSurfaceHandle>(null);
  const { data } = useQuery({
    // The operations are too long for a query key. Each new one changes these numbers or their count.
    queryKey: ["run-draft", runId, path, operations.length, additions, deletions],
    queryFn: () => client.generation.planEdit.mutate({ parentGenerationId, changeSet: { operations } }),
    enabled: operations.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const patch = data?.status === "clean" ? (data.files.find((each) => each.path === path)?.patch ?? "") : "";
  const version = `${runId} ${operations.length} ${additions} ${deletions}`;
  const items = useMemo((): DiffSurfaceItem[] => {
    const hunks = parseHunks(patch);
    return hunks.length === 0 ? [] : [{ id: path, type: "patch", patch, hunks, cacheKey: version, isCollapsed: false }];
  }, [path, patch, version]);
  if (items.length === 0) return children;
  return (
    <div className="h-[max(24rem,calc(var(--app-height)-24rem))]">
      <LazyDiffSurface
        fallback={children}
        handle={handle}
        label={`Differences of ${path}`}
        view="unified"
        isWrapped={false}
        items={items}
        hasLowHeaders
        renderHeader={() => <LowHeader>Compared with the parent</LowHeader>}
      />
    </div>
  );
}
