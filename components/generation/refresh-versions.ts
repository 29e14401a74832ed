import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "#lib/trpc/client.tsx";

/**
 * Returns a function that invalidates every query that a new version affects: the active version, the list, and the
 * facts of versions.
 */
export function useRefreshVersions(): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        [
          trpc.project,
          trpc.generation.list,
          trpc.generation.relatives,
          trpc.generation.get,
          trpc.generation.summary,
        ].map((changed) => queryClient.invalidateQueries({ queryKey: changed.pathKey() })),
      ),
    [trpc, queryClient],
  );
}
