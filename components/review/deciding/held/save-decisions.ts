import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { reviewHref, runHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** Saves the decisions on a run, or starts the run that continues it, and opens the result. */
export function useSaveDecisions({ projectId }: Pick<RunOutput, "projectId">, { onSaved }: { onSaved: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const onSuccess = (result: { generationId: GenerationId } | { runId: RunId }) => {
    onSaved();
    // Invalidates other pages' data in parallel to the navigation, which does not wait for it.
    for (const queryKey of [trpc.run.pathKey(), trpc.project.pathKey(), trpc.generation.list.pathKey()])
      void queryClient.invalidateQueries({ queryKey });
    router.push(
      "generationId" in result
        ? reviewHref({ projectId, generationId: result.generationId })
        : runHref({ projectId, runId: result.runId }),
    );
  };
  const resolve = useMutation(trpc.run.resolve.mutationOptions({ onSuccess }));
  const goOn = useMutation(trpc.run.continue.mutationOptions({ onSuccess }));
  return {
    save: resolve.mutate,
    goOn: goOn.mutate,
    isPending: [resolve, goOn].some(({ isPending, isSuccess }) => isPending || isSuccess),
    error: resolve.error ?? goOn.error,
  };
}
