import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { generationHref } from "#lib/hrefs.ts";
import { useVersionToast, type VersionRef } from "../version-toast.ts";

type Rollback = { target: VersionRef; head: VersionRef; note: string };

/**
 * Rolls back, opens the new version and offers to undo. Sends the active version that the user saw; if another is
 * active by now, the error says so and the preview is refreshed.
 */
export function useRollback({ projectId, onDone }: { projectId: ProjectId; onDone: () => void }): {
  rollBack: (rollback: Rollback) => void;
  isPending: boolean;
  error: unknown;
} {
  const trpc = useTRPC();
  const router = useRouter();
  const { announce, refresh } = useVersionToast({ projectId });
  const mutation = useMutation(trpc.generation.rollback.mutationOptions());

  const rollBack = async ({ target, head, note }: Rollback) => {
    const result = await mutation
      .mutateAsync({
        projectId,
        toGenerationId: target.generationId,
        note,
        expectedHeadGenerationId: head.generationId,
      })
      .catch(() => null);
    // The dialog shows the mutation's own `error`.
    if (result === null) return void (await refresh());
    const { generationId } = await announce({
      ...result,
      before: head,
      describe: ({ version }) => `Rolled back to v${target.version} as v${version}.`,
    });
    onDone();
    router.push(generationHref({ projectId, generationId }));
  };

  return { rollBack: (rollback) => void rollBack(rollback), isPending: mutation.isPending, error: mutation.error };
}
