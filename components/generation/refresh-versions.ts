import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "#lib/trpc/client.tsx";

/**
 * Gives what asks anew for all that a new version changes: what is active, the list, and what versions say of
 * themselves.
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
