import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** A version on which a prompt is based. */
export type PromptBase = Pick<GenerationOutput, "generationId" | "kind" | "parentGenerationIds">;

/** The comments that go with the next prompt: all open ones, except those that the user leaves out. Null until loaded. */
export function useSentComments(base: PromptBase | null): {
  comments: ReviewComment[] | null;
  leaveOut: (comment: ReviewComment) => void;
} {
  const open = useOpenComments(base);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  return {
    comments: open?.filter(({ commentId }) => !leftOut.has(commentId)) ?? null,
    leaveOut: ({ commentId }) => setLeftOut(new Set(leftOut).add(commentId)),
  };
}

/**
 * Returns the unsent comments on a version. For a version that the user edited by hand, it also returns those on its
 * parent: a user who kept some old lines still wants an answer about the others. Null until loaded.
 */
function useOpenComments(base: PromptBase | null): ReviewComment[] | null {
  const trpc = useTRPC();
  const ids =
    base === null ? [] : [base.generationId, ...(base.kind === "edit" ? base.parentGenerationIds.slice(0, 1) : [])];
  const lists = useQueries({
    queries: ids.map((generationId) => trpc.comment.list.queryOptions({ generationId })),
  });
  if (base === null || lists.some(({ isPending }) => isPending)) return null;
  return lists.flatMap(({ data }) => data ?? []).filter(({ isSent }) => !isSent);
}
