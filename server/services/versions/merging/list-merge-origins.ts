import type { MergeOriginOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { getGenerationSummary, getStoredGeneration } from "#server/store/versions/generations.ts";
import { planTreeMerge } from "./plan-tree-merge.ts";

/**
 * How a merge came by the files that it may have otherwise than its first parent: found out from its two parents once
 * more. Empty for a version that is no merge.
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
