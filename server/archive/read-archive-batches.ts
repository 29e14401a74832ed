import type { ContentHash } from "#lib/contracts/ids.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import type { ByteSource } from "./byte-source.ts";
import type { InspectedFile } from "./inspect-archive.ts";
import { readZipEntry } from "./read-zip-entry.ts";

/** Contents per statement: few round trips, and little memory. A larger file is a batch of its own. */
const batchBytes = 4 * 1_048_576;
const batchFiles = 500;

/** The distinct contents of inspected files in batches, without duplicates, in the archive's order. */
export async function* readArchiveBatches({
  source,
  files,
}: {
  source: ByteSource;
  files: readonly InspectedFile[];
}): AsyncGenerator<FileContents> {
  const read = new Set<ContentHash>();
  let batch = new Map<ContentHash, Uint8Array>();
  let sizeBytes = 0;
  for (const { entry, fileEntry } of files.toSorted((a, b) => a.entry.headerOffset - b.entry.headerOffset)) {
    if (read.has(fileEntry.contentHash)) continue;
    read.add(fileEntry.contentHash);
    if (batch.size > 0 && (batch.size === batchFiles || sizeBytes + fileEntry.sizeBytes > batchBytes)) {
      yield batch;
      batch = new Map();
      sizeBytes = 0;
    }
    batch.set(fileEntry.contentHash, await readZipEntry({ source, entry }));
    sizeBytes += fileEntry.sizeBytes;
  }
  if (batch.size > 0) yield batch;
}
