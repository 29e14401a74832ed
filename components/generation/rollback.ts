import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { generationHref } from "../project/project-href.ts";

type VersionRef = Pick<GenerationOutput, "generationId" | "version">;
type Rollback = { target: VersionRef; head: VersionRef };

/**
 * Rolls back, opens the version that this makes and offers the undo, which is a roll back too. Sends the active version that
 * the person saw; should another be active by now, the error says so and what is shown is refreshed.
 */
export function useRollback({ projectId, onDone }: { projectId: ProjectId; onDone: () => void }): { rollBack: (rollback: Rollback) => void; isPending: boolean; error: unknown } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const mutation = useMutation(trpc.generation.rollback.mutationOptions());

  const refresh = () =>
    Promise.all([trpc.project.pathKey(), trpc.generation.list.pathKey(), trpc.generation.get.pathKey()].map((queryKey) => queryClient.invalidateQueries({ queryKey })));

  const run = async ({ target, head }: Rollback): Promise<VersionRef> => {
    try {
      const { generationId } = await mutation.mutateAsync({ projectId, toGenerationId: target.generationId, expectedHeadGenerationId: head.generationId });
      return await queryClient.fetchQuery(trpc.generation.get.queryOptions({ generationId }));
    } finally {
      await refresh();
    }
  };

  const undo = async ({ target, head }: Rollback) => {
    try {
      const made = await run({ target, head });
      toast.success(`v${target.version} is active again, as v${made.version}.`);
      router.push(generationHref({ projectId, generationId: made.generationId }));
    } catch (error) {
      toast.error(readAppError(error).message);
    }
  };

  const rollBack = async (rollback: Rollback) => {
    const made = await run(rollback).catch(() => null);
    // The mutation's own `error` is what the dialog shows.
    if (made === null) return;
    toast.success(`Rolled back to v${rollback.target.version} as v${made.version}.`, {
      action: { label: "Undo", onClick: () => void undo({ target: rollback.head, head: made }) },
    });
    onDone();
    router.push(generationHref({ projectId, generationId: made.generationId }));
  };

  return { rollBack: (rollback) => void rollBack(rollback), isPending: mutation.isPending, error: mutation.error };
}
