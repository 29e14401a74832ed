import { useQueryClient } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { copyText } from "../../ui/text/copy-text.ts";
import { showToast } from "../../ui/overlays/toast.ts";
import { shortenCommitId } from "./shorten-commit-id.ts";

/** Returns a function that copies the id of a version's commit. For one made in Graft it first requests the id. */
export function useCopyCommitId(): (
  generation: Pick<GenerationOutput, "generationId" | "commitId" | "version">,
) => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async ({ generationId, commitId, version }) => {
    try {
      const text =
        commitId ??
        (
          await queryClient.fetchQuery(
            trpc.generation.commitId.queryOptions({ generationId }, { staleTime: Number.POSITIVE_INFINITY }),
          )
        ).commitId;
      await copyText({ text, done: `The commit id of v${version} is copied: ${shortenCommitId(text)}.` });
    } catch (error) {
      void showToast({ kind: "error", text: readAppError(error).message });
    }
  };
}
