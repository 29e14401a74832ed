import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { showToast } from "../ui/overlays/toast.ts";

/** Pins a project to the top of the rail and of the palette, or unpins it. */
export function useTogglePin({ projectId, isPinned }: Pick<ProjectOutput, "projectId" | "isPinned">): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    trpc.project.pin.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() }),
      onError: (error) => void showToast({ kind: "error", text: readAppError(error).message }),
    }),
  );
  return () => mutate({ projectId, isPinned: !isPinned });
}
