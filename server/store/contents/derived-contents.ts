import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import type { Database } from "../database.ts";
import { Prisma } from "../prisma-client/client.ts";

/**
 * A kind of derived result that depends only on its key. Raise the version whenever the same key would give another
 * result: rows of earlier versions are then ignored.
 */
export type DerivedKind<Value> = { name: string; version: number; value?: Value };

/** Rows per statement. Their values are held in memory as one JSON text. */
const rowsPerStatement = 500;

/** Stored results by key. Decoding yields to other work of the process. */
export async function findDerived<Value>({
  database,
  kind,
  keys,
}: {
  database: Database;
  kind: DerivedKind<Value>;
  keys: readonly string[];
}): Promise<Map<string, Value>> {
  const found = new Map<string, Value>();
  const letOthersGo = startTimeSlices();
  for (let start = 0; start < keys.length; start += rowsPerStatement) {
    const keyByHash = new Map(keys.slice(start, start + rowsPerStatement).map((key) => [hashKey({ kind, key }), key]));
    // One JSON parameter instead of `findMany`, which plans each value separately.
    const rows = await database.prisma.$queryRaw<{ hash: string; value: string }[]>(Prisma.sql`
      SELECT encode(key, 'base64') AS hash, encode(value, 'base64') AS value FROM "DerivedContent"
      WHERE key = ANY (
        SELECT decode(hash, 'base64') FROM json_array_elements_text(${JSON.stringify([...keyByHash.keys()])}::json) AS hash)`);
    for (const { hash, value } of rows) {
      const key = keyByHash.get(hash);
      if (key !== undefined) found.set(key, decodeValue(value) as Value);
      await letOthersGo();
    }
  }
  return found;
}

/** Equal keys have equal results, so a concurrent second insert is skipped. */
export async function insertDerived<Value>({
  database,
  kind,
  rows,
}: {
  database: Database;
  kind: DerivedKind<Value>;
  rows: ReadonlyMap<string, Value>;
}): Promise<void> {
  const letOthersGo = startTimeSlices();
  const values: { hash: string; value: string }[] = [];
  for (const [key, value] of rows) {
    values.push({ hash: hashKey({ kind, key }), value: encodeValue(value) });
    await letOthersGo();
  }
  for (let start = 0; start < values.length; start += rowsPerStatement) {
    await database.prisma.$executeRaw(Prisma.sql`
      INSERT INTO "DerivedContent" (key, value)
      SELECT decode(hash, 'base64'), decode(value, 'base64')
      FROM json_to_recordset(${JSON.stringify(values.slice(start, start + rowsPerStatement))}::json)
        AS row(hash text, value text)
      ON CONFLICT DO NOTHING`);
  }
}

/** The stored results, and for the other keys those of `compute`, which are then stored. */
export async function deriveAll<Value>({
  database,
  kind,
  keys,
  compute,
}: {
  database: Database;
  kind: DerivedKind<Value>;
  keys: readonly string[];
  compute: (missing: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
}): Promise<Map<string, Value>> {
  const known = await findDerived({ database, kind, keys });
  const missing = keys.filter((key) => !known.has(key));
  if (missing.length === 0) return known;
  const computed = await compute(missing);
  await insertDerived({ database, kind, rows: computed });
  return new Map([...known, ...computed]);
}

function hashKey({ kind, key }: { kind: Pick<DerivedKind<unknown>, "name" | "version">; key: string }): string {
  return createHash("sha256").update(`${kind.name}\0${kind.version}\0${key}`).digest("base64");
}

function encodeValue(value: unknown): string {
  return zstdCompressSync(JSON.stringify(value)).toString("base64");
}

function decodeValue(encoded: string): unknown {
  return JSON.parse(zstdDecompressSync(Buffer.from(encoded, "base64")).toString("utf8"));
}
