import type { GenerationStore } from "#server/orchestrator/ports.ts";
import { loadBlobs } from "./contents/blobs.ts";
import type { Database } from "./database.ts";
import { listEarlierChanges } from "./versions/earlier-changes.ts";
import { getStoredGeneration } from "./versions/generations.ts";
import type { TreeObjects } from "./contents/tree-objects.ts";

/** Implements the orchestrator's store port. */
export function createGenerationStore({
  database,
  treeObjects,
}: {
  database: Database;
  treeObjects: TreeObjects;
}): GenerationStore {
  return {
    get: (generationId) => getStoredGeneration({ transaction: database.prisma, generationId }),
    loadTree: ({ rootTreeHash }) => treeObjects.load({ transaction: database.prisma, rootHash: rootTreeHash }),
    loadContents: (hashes) => loadBlobs({ transaction: database.prisma, hashes }),
    listEarlierChanges: (options) => listEarlierChanges({ database, ...options }),
  };
}
