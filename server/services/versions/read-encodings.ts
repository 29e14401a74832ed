import type { ContentHash } from "#lib/contracts/ids.ts";
import type { Container } from "#server/container.ts";
import { mayHaveText, type FileEntry } from "#server/core/file-tree.ts";
import { readEncodedText, type TextEncoding } from "#server/core/text-encoding.ts";
import { loadSoundBlobs } from "#server/store/contents/blobs.ts";
import { deriveAll, type DerivedKind } from "#server/store/contents/derived-contents.ts";

const encodingKind: DerivedKind<TextEncoding | null> = { name: "text-encoding", version: 1 };

/** Contents in memory at once. */
const maxBatchBytes = 16 * 1_048_576;

/**
 * The encodings of those entries that are text but not UTF-8. They depend on the bytes, so each content is read once
 * and the result stored.
 */
export async function readEncodings({
  container: { database },
  entries,
}: {
  container: Pick<Container, "database">;
  entries: Iterable<FileEntry>;
}): Promise<ReadonlyMap<ContentHash, TextEncoding>> {
  const sizes = new Map<ContentHash, number>();
  for (const entry of entries)
    if (entry.isBinary && mayHaveText(entry) && entry.mode !== "120000") sizes.set(entry.contentHash, entry.sizeBytes);
  if (sizes.size === 0) return new Map();
  const found = await deriveAll({
    database,
    kind: encodingKind,
    keys: [...sizes.keys()],
    compute: async (missing) => {
      const encodings = new Map<string, TextEncoding | null>();
      for (const hashes of splitBySize({ hashes: missing as readonly ContentHash[], sizes })) {
        const { contents } = await loadSoundBlobs({ transaction: database.prisma, hashes });
        for (const [hash, bytes] of contents) encodings.set(hash, readEncodedText(bytes)?.encoding ?? null);
      }
      return encodings;
    },
  });
  return new Map(
    [...found].flatMap(([hash, encoding]) => (encoding === null ? [] : [[hash as ContentHash, encoding]])),
  );
}

function splitBySize({
  hashes,
  sizes,
}: {
  hashes: readonly ContentHash[];
  sizes: ReadonlyMap<ContentHash, number>;
}): ContentHash[][] {
  const batches: ContentHash[][] = [];
  let batchBytes = Number.POSITIVE_INFINITY;
  for (const hash of hashes) {
    batchBytes += sizes.get(hash) ?? 0;
    if (batchBytes > maxBatchBytes) {
      batches.push([]);
      batchBytes = sizes.get(hash) ?? 0;
    }
    batches.at(-1)?.push(hash);
  }
  return batches;
}
