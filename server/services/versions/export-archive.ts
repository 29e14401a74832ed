import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { writeArchive } from "#server/archive/write-archive.ts";
import type { Container } from "#server/container.ts";
import { loadBlobs } from "#server/store/blobs.ts";
import { loadGenerationTree } from "#server/store/load-generation-tree.ts";
import { getProject } from "#server/store/projects.ts";

/** A version as a zip: its files, plus nothing. @throws AppError GENERATION_NOT_FOUND, STORED_CONTENT_DAMAGED */
export async function exportArchive({
  container,
  ownerId,
  generationId,
}: {
  container: Container;
  ownerId: string;
  generationId: GenerationId;
}): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const { generation, tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  const { name } = await getProject({ database: container.database, ownerId, projectId: generation.projectId });
  const contents = await loadBlobs({
    transaction: container.database.prisma,
    hashes: [...tree.values()].map(({ contentHash }) => contentHash),
  });
  const files = [...tree].map(([path, { contentHash }]): [FilePath, Uint8Array] => [
    path,
    contents.get(contentHash) ?? new Uint8Array(),
  ]);
  const slug =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "project";
  return { fileName: `${slug}-v${generation.version}.zip`, stream: writeArchive(files) };
}
