import type { GenerationFileCountOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { findScopeRefusal } from "#server/core/merge/scopes/change-scope.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";

/** The number of a version's files that a run with this scope may change. @throws AppError GENERATION_NOT_FOUND */
export async function countGenerationFiles({
  container,
  ownerId,
  generationId,
  include,
}: {
  container: Container;
  ownerId: string;
  generationId: GenerationId;
  include: readonly string[];
}): Promise<GenerationFileCountOutput> {
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  const scope = { include, locked: [] };
  return { count: [...tree.keys()].filter((path) => findScopeRefusal({ scope, path }) === null).length };
}
