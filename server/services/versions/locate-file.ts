import type { FileLocationOutput } from "#lib/contracts/comparisons/file-history.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { findFileRemoval, findNewestWithFile } from "#server/store/versions/file-history.ts";
import { getStoredGeneration } from "#server/store/versions/generations.ts";

/** Finds another version of a file that a version does not have. @throws AppError GENERATION_NOT_FOUND */
export async function locateFile({
  container: { database },
  ownerId,
  generationId,
  path,
}: {
  container: Container;
  ownerId: string;
  generationId: GenerationId;
  path: FilePath;
}): Promise<FileLocationOutput> {
  const { projectId } = await getStoredGeneration({ transaction: database.prisma, generationId, ownerId });
  return (
    (await findFileRemoval({ database, generationId, path })) ?? {
      removedIn: null,
      lastIn: await findNewestWithFile({ database, projectId, path }),
    }
  );
}
