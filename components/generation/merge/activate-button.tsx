import { useMutation } from "@tanstack/react-query";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/overlays/toast.ts";
import { useVersionToast, type VersionRef } from "../version-toast.ts";

/** Makes a descendant of the active version active, without a new version. */
export function ActivateButton({
  projectId,
  generation: { generationId, version },
  active,
}: {
  projectId: ProjectId;
  generation: VersionRef;
  active: VersionRef;
}) {
  const trpc = useTRPC();
  const { announce, refresh } = useVersionToast({ projectId });
  const activate = useMutation(trpc.generation.activate.mutationOptions());
  const act = () =>
    activate.mutate(
      { generationId, expectedHeadGenerationId: active.generationId },
      {
        onSuccess: () =>
          announce({
            generationId,
            before: active,
            describe: () => `v${version} is active. It comes from v${active.version}, which stays in the history.`,
          }),
        onError: async (error) => {
          await refresh();
          void showToast({ kind: "error", text: readAppError(error).message });
        },
      },
    );
  return (
    <Button size="sm" isPending={activate.isPending} onClick={act}>
      Make v{version} active
    </Button>
  );
}
