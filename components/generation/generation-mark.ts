import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

type Mark = Pick<GenerationOutput, "label" | "isBookmarked">;

/** Changes a version's label or bookmark, which are kept by the server beside the version. */
export function useGenerationMark(): (change: { generation: Pick<GenerationOutput, "generationId"> & Mark; mark: Partial<Mark> }) => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation(trpc.generation.mark.mutationOptions());
  return async ({ generation: { generationId, label, isBookmarked }, mark }) => {
    try {
      await mutateAsync({ generationId, label, isBookmarked, ...mark });
    } catch (error) {
      toast.error(readAppError(error).message);
    }
    await Promise.all([trpc.generation.list.pathKey(), trpc.generation.get.pathKey()].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  };
}
