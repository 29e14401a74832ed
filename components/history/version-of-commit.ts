import { skipToken, useQuery } from "@tanstack/react-query";
import { isCommitPrefix } from "#lib/commit-prefix.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";

/** The version that a text names by its commit; null if it names none, and until the server has responded. */
export function useVersionOfCommit({ projectId, text }: { projectId: ProjectId; text: string }): GenerationId | null {
  const trpc = useTRPC();
  const query = text.trim();
  const { data } = useQuery(
    trpc.generation.list.queryOptions(isCommitPrefix(query) ? { projectId, query, limit: 1 } : skipToken),
  );
  return data?.items[0]?.generationId ?? null;
}
