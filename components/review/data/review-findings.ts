import { useQuery } from "@tanstack/react-query";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { immutable } from "./immutable.ts";

const none: readonly ValidationIssue[] = [];

/** The findings of a version's checks, requested only if there are any. */
export function useReviewIssues({
  generationId,
  validation,
}: Pick<GenerationOutput, "generationId" | "validation">): readonly ValidationIssue[] {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.generation.get.queryOptions({ generationId }, { ...immutable, enabled: validation.issueCount > 0 }),
  );
  return data?.issues ?? none;
}
