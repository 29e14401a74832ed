import type { MergeOriginOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { getGenerationSummary, getStoredGeneration } from "#server/store/versions/generations.ts";
import { planTreeMerge } from "./plan-tree-merge.ts";

/**
 * For each file that may differ from the first parent: taken, combined, or decided by hand. Recomputed from both
 * parents. Empty for a version that is not a merge.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function listMergeOrigins({
  container,
  ownerId,
  generationId,
}: {
  container: Container;
  ownerId: string;
  generationId: GenerationId;
}): Promise<MergeOriginOutput[]> {
  const { database, treeObjects } = container;
  const { parentGenerationIds } = await getGenerationSummary({ database, ownerId, generationId });
  const [oursId, theirsId] = parentGenerationIds;
  if (oursId === undefined || theirsId === undefined) return [];
  return database.prisma.$transaction(async (transaction) => {
    const [ours, theirs] = [
      await getStoredGeneration({ transaction, generationId: oursId }),
      await getStoredGeneration({ transaction, generationId: theirsId }),
    ];
    const { taken, deleted, combined, conflicts } = (await planTreeMerge({ treeObjects, transaction, ours, theirs }))
      .merge;
    return [
      ...[...taken, ...deleted].map((path) => ({ path, origin: "taken" as const })),
      ...combined.map((path) => ({ path, origin: "combined" as const })),
      ...conflicts.map(({ path }) => ({ path, origin: "decided" as const })),
    ];
  });
}
