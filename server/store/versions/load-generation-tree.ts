import type { GenerationId } from "#lib/contracts/ids.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import type { StoredGeneration } from "#server/orchestrator/ports.ts";
import type { Database } from "../database.ts";
import { getStoredGeneration } from "./generations.ts";
import type { TreeObjects } from "../contents/tree-objects.ts";

/** An owner's generation with its complete tree. @throws AppError GENERATION_NOT_FOUND */
export async function loadGenerationTree({
  database,
  treeObjects,
  ownerId,
  generationId,
}: {
  database: Database;
  treeObjects: TreeObjects;
  ownerId: string;
  generationId: GenerationId;
}): Promise<{ generation: StoredGeneration; tree: FileTree }> {
  const generation = await getStoredGeneration({ transaction: database.prisma, generationId, ownerId });
  return {
    generation,
    tree: await treeObjects.load({ transaction: database.prisma, rootHash: generation.rootTreeHash }),
  };
}
