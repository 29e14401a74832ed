import { useQueries } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { ReviewComment } from "#lib/contracts/review-comment.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/**
 * The comments that were not sent yet: on a version, and where a person changed a version by hand to make it, on that
 * one. Who keeps some of the old lines still wants an answer on the others.
 */
export function useOpenComments(
  base: Pick<GenerationOutput, "generationId" | "kind" | "parentGenerationIds"> | null,
): ReviewComment[] {
  const trpc = useTRPC();
  const ids =
    base === null ? [] : [base.generationId, ...(base.kind === "edit" ? base.parentGenerationIds.slice(0, 1) : [])];
  const lists = useQueries({
    queries: ids.map((generationId) => trpc.comment.list.queryOptions({ generationId })),
  });
  return lists.flatMap(({ data }) => data ?? []).filter(({ isSent }) => !isSent);
}
