import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import type { FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { Database, Transaction } from "../database.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import { toStorableJsonText } from "../storable-json.ts";

/** Raise it whenever an extractor's output changes: rows of other versions are ignored. */
const extractorVersion = 11;

/** Rows per statement: more facts would block other requests. */
const batchRows = 200;

/** Even the slowest files reach the time limit of a thread before this. */
const extractionTimeoutMs = 15 * 60_000;

export type FileFactsKey = { path: FilePath; contentHash: ContentHash };
type StoredFileFacts = FileFactsKey & { facts: FileFacts | null };

/** The stored facts of those of `keys` that have been read before. */
export async function findFileFacts({
  transaction,
  keys,
}: {
  transaction: Transaction;
  keys: readonly FileFactsKey[];
}): Promise<StoredFileFacts[]> {
  const hashes = [...new Set(keys.map(({ contentHash }) => contentHash))];
  const found: StoredFileFacts[] = [];
  const letOthersGo = startTimeSlices();
  for (let at = 0; at < hashes.length; at += batchRows) {
    // As one parameter of JSON and not by `findMany`, which plans each value apart.
    const rows = await transaction.$queryRaw<{ path: FilePath; contentHash: ContentHash; facts: string }[]>`
      SELECT path, encode("contentHash", 'hex') AS "contentHash", facts::text AS facts FROM "FileFacts"
      WHERE "extractorVersion" = ${extractorVersion}::int AND "contentHash" = ANY (
        SELECT decode(hash, 'hex') FROM json_array_elements_text(${JSON.stringify(hashes.slice(at, at + batchRows))}::json) AS hash)`;
    for (const { path, contentHash, facts } of rows) {
      found.push({ path, contentHash, facts: JSON.parse(facts) as FileFacts | null });
      await letOthersGo();
    }
  }
  return found;
}

/**
 * The facts of all `keys`: stored ones, and those of `extract`, which are then stored. Only one process of an
 * installation does this for the same files at a time; another one waits, and finds them stored.
 */
export async function extractOnce({
  database,
  keys,
  extract,
}: {
  database: Database;
  keys: readonly FileFactsKey[];
  extract: (keys: FileFactsKey[]) => Promise<StoredFileFacts[]>;
}): Promise<StoredFileFacts[]> {
  const [first] = keys;
  if (first === undefined) return [];
  return database.prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`facts ${toName(first)}`}, 0))`;
      const stored = await findFileFacts({ transaction, keys });
      const known = new Set(stored.map(toName));
      const extracted = await extract(keys.filter((key) => !known.has(toName(key))));
      for (let at = 0; at < extracted.length; at += batchRows)
        await insertFileFacts({ transaction, rows: extracted.slice(at, at + batchRows) });
      return [...stored, ...extracted];
    },
    { timeout: extractionTimeoutMs },
  );
}

/** As one parameter of JSON and not by `createMany`, which plans each value apart and blocks the process while it does. */
async function insertFileFacts({
  transaction,
  rows,
}: {
  transaction: Transaction;
  rows: readonly StoredFileFacts[];
}): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "FileFacts" ("contentHash", path, "extractorVersion", facts)
    SELECT decode("contentHash", 'hex'), path, ${extractorVersion}::int, coalesce(facts, 'null'::jsonb)
    FROM json_to_recordset(${toStorableJsonText(rows)}::json) AS row("contentHash" text, path text, facts jsonb)
    ON CONFLICT DO NOTHING`;
}

function toName({ path, contentHash }: FileFactsKey): string {
  return `${contentHash} ${path}`;
}
