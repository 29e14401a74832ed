import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { showToast } from "../ui/overlays/toast.ts";

/** Restores an archived project. */
export function useUnarchive(): {
  unarchive: (project: Pick<ProjectOutput, "projectId" | "name">) => void;
  isPending: boolean;
} {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.project.unarchive.mutationOptions({
      onSuccess: async ({ name }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        void showToast({ kind: "success", text: `${name} is in the list again.` });
      },
      onError: (error) => void showToast({ kind: "error", text: readAppError(error).message }),
    }),
  );
  return { unarchive: ({ projectId }) => mutate({ projectId }), isPending };
}
