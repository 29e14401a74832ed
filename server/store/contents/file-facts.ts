import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { Database } from "../database.ts";
import { hashFromBytes, hashToBytes } from "./hash-bytes.ts";
import { Prisma } from "../prisma-client/client.ts";
import { toStorableJson } from "../storable-json.ts";

/** Raise it whenever an extractor's output changes: rows of other versions are ignored. */
const extractorVersion = 8;

export type FileFactsKey = { path: FilePath; contentHash: ContentHash };

/** The stored facts of those of `keys` that have been read before. */
export async function findFileFacts({
  database,
  keys,
}: {
  database: Database;
  keys: FileFactsKey[];
}): Promise<(FileFactsKey & { facts: FileFacts | null })[]> {
  const rows = await database.prisma.fileFacts.findMany({
    where: {
      contentHash: { in: [...new Set(keys.map(({ contentHash }) => contentHash))].map(hashToBytes) },
      extractorVersion,
    },
  });
  return rows.map((row) => ({
    path: row.path as FilePath,
    contentHash: hashFromBytes(row.contentHash),
    facts: row.facts as FileFacts | null,
  }));
}

export async function insertFileFacts({
  database,
  rows,
}: {
  database: Database;
  rows: (FileFactsKey & { facts: FileFacts | null })[];
}): Promise<void> {
  if (rows.length === 0) return;
  await database.prisma.fileFacts.createMany({
    data: rows.map(({ path, contentHash, facts }) => ({
      path,
      contentHash: hashToBytes(contentHash),
      extractorVersion,
      facts: facts === null ? Prisma.JsonNull : toStorableJson(facts),
    })),
    skipDuplicates: true,
  });
}
