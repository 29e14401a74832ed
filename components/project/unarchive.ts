import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { ProjectOutput } from "#lib/contracts/project.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** Brings an archived project back into the list. */
export function useUnarchive(): { unarchive: (project: Pick<ProjectOutput, "projectId" | "name">) => void; isPending: boolean } {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.project.unarchive.mutationOptions({
      onSuccess: async ({ name }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.project.pathKey() });
        toast.success(`${name} is in the list again.`);
      },
      onError: (error) => toast.error(readAppError(error).message),
    }),
  );
  return { unarchive: ({ projectId }) => mutate({ projectId }), isPending };
}
