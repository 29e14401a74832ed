import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** A screen's worth many times over, and a twentieth of a second at the server. */
const pageSize = 500;

/**
 * Every version of a project, newest first. The first page shows while the others come; these show together, because the graph is
 * laid out anew for every version that is added at its end.
 */
export function useAllGenerations(projectId: ProjectId) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.generation.list.infiniteQueryOptions({ projectId, limit: pageSize }, { getNextPageParam: ({ nextCursor }) => nextCursor }));
  const { data, hasNextPage, isFetching, fetchNextPage, error } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, error]);
  const isComplete = data !== undefined && !hasNextPage;
  const first = data?.pages[0];
  const all = isComplete ? data.pages : null;
  const items = useMemo(() => all?.flatMap((page) => page.items) ?? first?.items ?? null, [all, first]);
  return { items, isComplete, error, retry: () => void (data === undefined ? query.refetch() : fetchNextPage()) };
}
