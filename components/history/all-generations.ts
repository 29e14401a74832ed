import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** What the first page of the list holds: a screen's worth many times over, and quick to come. */
const pageSize = 250;

/** Every version of a project, newest first, page after page: the first page shows while the others come. */
export function useAllGenerations(projectId: ProjectId) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.generation.list.infiniteQueryOptions({ projectId, limit: pageSize }, { getNextPageParam: ({ nextCursor }) => nextCursor }));
  const { data, hasNextPage, isFetching, fetchNextPage, error } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, error]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? null, [data]);
  return { items, isComplete: data !== undefined && !hasNextPage, error, retry: () => void (data === undefined ? query.refetch() : fetchNextPage()) };
}
