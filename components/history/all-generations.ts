import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { firstVersions } from "./first-versions.ts";

/** A page takes the server 50 ms. */
const pageSize = 1_000;

/**
 * Every version of a project, newest first. The first page is shown while the others load; these are shown together,
 * because the graph is laid out again whenever versions are appended.
 */
export function useAllGenerations(projectId: ProjectId) {
  const trpc = useTRPC();
  const first = useQuery(trpc.generation.list.queryOptions({ projectId, ...firstVersions }));
  const next = first.data?.nextCursor ?? null;
  const others = useInfiniteQuery(
    trpc.generation.list.infiniteQueryOptions(
      { projectId, limit: pageSize },
      { enabled: next !== null, initialCursor: next, getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const { data, hasNextPage, isFetching, fetchNextPage, error } = others;
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, error]);
  const isComplete = first.data !== undefined && (next === null || (data !== undefined && !hasNextPage));
  const firstItems = first.data?.items ?? null;
  const rest = isComplete ? data?.pages : undefined;
  const items = useMemo(
    () =>
      firstItems === null
        ? null
        : next === null
          ? firstItems
          : withoutDoubles([...firstItems, ...(rest?.flatMap((page) => page.items) ?? [])]),
    [firstItems, next, rest],
  );
  const retry = () => {
    if (first.data === undefined) void first.refetch();
    else if (data === undefined) void others.refetch();
    else void fetchNextPage();
  };
  return { items, isComplete, error: first.error ?? error, retry };
}

/** A version made while pages load shifts the start of the next page. */
function withoutDoubles<Version extends { generationId: string }>(versions: readonly Version[]): Version[] {
  return [...new Map(versions.map((version) => [version.generationId, version])).values()];
}
