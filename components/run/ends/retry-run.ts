import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "#lib/trpc/client.tsx";
import { runHref } from "#lib/hrefs.ts";

/** Repeats the request of an ended run, and opens the new run. */
export function useRetryRun() {
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.run.retry.mutationOptions({
      onSuccess: ({ projectId, runId }) => {
        for (const changed of [trpc.project, trpc.run.list, trpc.comment])
          void queryClient.invalidateQueries({ queryKey: changed.pathKey() });
        router.push(runHref({ projectId, runId }));
      },
    }),
  );
}
