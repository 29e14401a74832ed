import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ProjectChecksOutput } from "#lib/contracts/versions/check.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** Invalidates all check queries once the project's checks are saved. */
export function useSavedChecks({ projectId }: { projectId: ProjectId }): (saved: ProjectChecksOutput) => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    async (saved) => {
      queryClient.setQueryData(trpc.check.list.queryKey({ projectId }), saved);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: trpc.generation.checks.queryKey() }),
        queryClient.invalidateQueries({ queryKey: trpc.project.lastGreen.queryKey({ projectId }) }),
      ]);
    },
    [queryClient, trpc, projectId],
  );
}
