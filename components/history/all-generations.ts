import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** Every version of a project, newest first, page after page: the first page shows while the others come. */
export function useAllGenerations(projectId: ProjectId) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.generation.list.infiniteQueryOptions({ projectId, limit: 500 }, { getNextPageParam: ({ nextCursor }) => nextCursor }));
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return { items: query.data?.pages.flatMap(({ items }) => items) ?? null, error: query.error, retry: () => void query.refetch() };
}
