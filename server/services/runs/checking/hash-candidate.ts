import type { ContentHash } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { MergedCandidate } from "#server/core/merge/merge-change-set.ts";
import type { RunRequest } from "#server/orchestrator/ports.ts";
import { getStoredGeneration, planGenerationTree } from "#server/store/versions/generations.ts";

/** The root tree hash that a candidate would have as a version. Stores nothing. */
export async function hashCandidate({
  container: { database, treeObjects },
  request: { parentGenerationId },
  merged,
}: {
  container: Pick<Container, "database" | "treeObjects">;
  request: Pick<RunRequest, "parentGenerationId">;
  merged: Pick<MergedCandidate, "tree" | "changes">;
}): Promise<ContentHash> {
  const transaction = database.prisma;
  const parent =
    parentGenerationId === null ? null : await getStoredGeneration({ transaction, generationId: parentGenerationId });
  return (await planGenerationTree({ transaction, treeObjects, parent, generation: merged })).rootHash;
}
