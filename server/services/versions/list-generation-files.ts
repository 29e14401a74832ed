import type { GenerationFileListItem } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";

/** All files of a version, sorted by path. @throws AppError GENERATION_NOT_FOUND */
export async function listGenerationFiles({
  container,
  ownerId,
  generationId,
}: {
  container: Container;
  ownerId: string;
  generationId: GenerationId;
}): Promise<{ items: GenerationFileListItem[] }> {
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  return {
    items: [...tree].map(([path, { sizeBytes, contentHash, isBinary, mode }]) => ({
      path,
      sizeBytes,
      contentHash,
      isBinary,
      mode,
    })),
  };
}
