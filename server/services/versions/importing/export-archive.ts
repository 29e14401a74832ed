import type { ContentHash, FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { writeArchive, type ArchivedFile } from "#server/archive/write-archive.ts";
import type { Container } from "#server/container.ts";
import type { FileEntry, FileTree } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { Database } from "#server/store/database.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { getProject } from "#server/store/projects.ts";
import { toFileNameSlug } from "./to-file-name-slug.ts";

/** Contents in memory at once; a larger file is a batch of its own. */
const batchBytes = 4 * 1_048_576;
const batchFiles = 200;

/**
 * A version as a zip with only its files. Contents are read as the zip is written; if one is damaged, the zip is
 * truncated, which every reader detects.
 *
 * @throws AppError GENERATION_NOT_FOUND
 */
export async function exportArchive({
  container,
  ownerId,
  generationId,
}: {
  container: Pick<Container, "database" | "treeObjects">;
  ownerId: string;
  generationId: GenerationId;
}): Promise<{ fileName: string; chunks: AsyncGenerator<Uint8Array> }> {
  const { generation, tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  const { name } = await getProject({ database: container.database, ownerId, projectId: generation.projectId });
  return {
    fileName: `${toFileNameSlug(name)}-v${generation.version}.zip`,
    chunks: writeArchive(readFiles({ database: container.database, tree })),
  };
}

async function* readFiles({ database, tree }: { database: Database; tree: FileTree }): AsyncGenerator<ArchivedFile> {
  for (const batch of listBatches(tree)) {
    const contents = await loadBlobs({
      transaction: database.prisma,
      hashes: batch.map(([, { contentHash }]) => contentHash),
    });
    for (const [path, { contentHash, mode }] of batch)
      yield { path, mode, content: takeContent({ contents, contentHash }) };
  }
}

/** `loadBlobs` returns every requested content, or throws. */
function takeContent({
  contents,
  contentHash,
}: {
  contents: ReadonlyMap<ContentHash, Uint8Array>;
  contentHash: ContentHash;
}): Uint8Array {
  const content = contents.get(contentHash);
  if (content === undefined) throw new TypeError(`No content was loaded for ${contentHash}.`);
  return content;
}

function* listBatches(tree: FileTree): Generator<[FilePath, FileEntry][]> {
  let batch: [FilePath, FileEntry][] = [];
  let sizeBytes = 0;
  for (const [path, entry] of tree) {
    if (batch.length > 0 && (batch.length === batchFiles || sizeBytes + entry.sizeBytes > batchBytes)) {
      yield batch;
      batch = [];
      sizeBytes = 0;
    }
    batch.push([path, entry]);
    sizeBytes += entry.sizeBytes;
  }
  if (batch.length > 0) yield batch;
}
