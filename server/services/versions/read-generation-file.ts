import type { GenerationFileOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { readTextColours, textKey } from "../comparisons/text-colours.ts";

type Place = { container: Container; ownerId: string; generationId: GenerationId; path: FilePath };

/** One file of a version. @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND, STORED_CONTENT_DAMAGED */
export async function readGenerationFile({ path, ...place }: Place): Promise<GenerationFileOutput> {
  const { container } = place;
  const entry = await findEntry({ path, ...place });
  const contents = await loadBlobs({ transaction: container.database.prisma, hashes: [entry.contentHash] });
  const bytes = contents.get(entry.contentHash) ?? new Uint8Array();
  const read = readEncodedText(bytes);
  return {
    path,
    contentHash: entry.contentHash,
    sizeBytes: entry.sizeBytes,
    mode: entry.mode,
    ...(read?.encoding === "UTF-8"
      ? { encoding: "utf8", content: read.text }
      : { encoding: "base64", content: Buffer.from(bytes).toString("base64") }),
    ...(read === null || read.encoding === "UTF-8" ? {} : { decoded: read }),
  };
}

/**
 * The colours of its lines; null if there are none. @throws AppError GENERATION_NOT_FOUND, FILE_NOT_FOUND,
 * STORED_CONTENT_DAMAGED
 */
export async function colourGenerationFile({ path, ...place }: Place): Promise<LineColours | null> {
  const file = { path, entry: await findEntry({ path, ...place }) };
  return (await readTextColours({ container: place.container, files: [file] })).get(textKey(file)) ?? null;
}

async function findEntry({ container, ownerId, generationId, path }: Place): Promise<FileEntry> {
  const { generation, tree } = await loadGenerationTree({ ...container, ownerId, generationId });
  const entry = tree.get(path);
  if (entry === undefined) {
    throw new AppError({
      code: "FILE_NOT_FOUND",
      message: `v${generation.version} has no file ${path}. Its list of files shows what it has.`,
      details: { generationId, path },
    });
  }
  return entry;
}
