import type { CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";

/** What a version's files declare. @throws AppError GENERATION_NOT_FOUND */
export async function readCodeSchema({
  container,
  ownerId,
  generationId,
}: {
  container: Container;
  ownerId: string;
  generationId: GenerationId;
}): Promise<CodeSchema> {
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  return readTreeSchema({ container, tree });
}

export function readTreeSchema({ container, tree }: { container: Container; tree: FileTree }): Promise<CodeSchema> {
  return container.codeSchemas.read({
    tree,
    loadContents: (hashes) => loadBlobs({ transaction: container.database.prisma, hashes }),
  });
}
