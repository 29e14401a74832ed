import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CheckVersionsOutput } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

export type CheckMark = CheckVersionsOutput["items"][number];

/** Versions requested together. Pages, not rows: scrolling by one row causes no request. */
const pageSize = 50;
const watchEveryMs = 3_000;
/** A version without a result may get one at any time. */
const lookEveryMs = 15_000;

/**
 * The check status of the visible versions. Optional: the list is shown without it while it loads, if it fails, and for
 * a project without checks.
 */
export function useCheckMarks({
  projectId,
  generationIds,
  rows,
}: {
  projectId: ProjectId;
  /** Of the whole list; null for a row that is not a version. */
  generationIds: readonly (GenerationId | null)[];
  /** Visible row indexes. */
  rows: readonly number[];
}): ReadonlyMap<GenerationId, CheckMark> {
  const trpc = useTRPC();
  const pages = [...new Set(rows.map((row) => Math.floor(row / pageSize)))].sort((a, b) => a - b);
  const queries = pages.flatMap((page) => {
    const ids = generationIds.slice(page * pageSize, (page + 1) * pageSize).filter((id) => id !== null);
    return ids.length === 0 ? [] : [{ projectId, generationIds: ids }];
  });
  const found = useQueries({
    queries: queries.map((input) => ({
      ...trpc.check.versions.queryOptions(input),
      staleTime: watchEveryMs,
      refetchInterval: ({ state: { data } }: { state: { data: CheckVersionsOutput | undefined } }) => {
        if (data === undefined || data.items.length === 0) return false;
        if (data.items.some(({ status }) => status === "running")) return watchEveryMs;
        return data.items.some(({ status }) => status === "unknown") ? lookEveryMs : false;
      },
    })),
    combine: (results) => results.map(({ data }) => data),
  });
  return useMemo(
    () => new Map(found.flatMap((data) => data?.items ?? []).map((mark) => [mark.generationId, mark])),
    [found],
  );
}
