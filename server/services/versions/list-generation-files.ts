import type { GenerationFileListItem } from "#lib/contracts/versions/generation.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { readEncodings } from "./read-encodings.ts";
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
  const encodings = await readEncodings({ container, entries: tree.values() });
  return {
    items: [...tree].map(([path, { sizeBytes, contentHash, isBinary, mode }]) => {
      const encoding = encodings.get(contentHash);
      return {
        path,
        sizeBytes,
        contentHash,
        isBinary: isBinary && encoding === undefined,
        ...(encoding === undefined ? {} : { encoding }),
        mode,
      };
    }),
  };
}
