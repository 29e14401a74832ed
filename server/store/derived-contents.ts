import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Database } from "./database.ts";

/**
 * A kind of result that its key alone determines. Raise the version whenever the same key would give another one:
 * earlier rows are not found then.
 */
export type DerivedKind<Value> = { name: string; version: number; value?: Value };

/** The results that were computed before, by their keys. */
export async function findDerived<Value>({
  database,
  kind,
  keys,
}: {
  database: Database;
  kind: DerivedKind<Value>;
  keys: readonly string[];
}): Promise<Map<string, Value>> {
  if (keys.length === 0) return new Map();
  const keyByHash = new Map(keys.map((key) => [hashKey({ kind, key }).toString("hex"), key]));
  const rows = await database.prisma.derivedContent.findMany({
    where: { key: { in: [...keyByHash.keys()].map((hash) => new Uint8Array(Buffer.from(hash, "hex"))) } },
  });
  return new Map(
    rows.flatMap((row) => {
      const key = keyByHash.get(Buffer.from(row.key).toString("hex"));
      return key === undefined ? [] : [[key, JSON.parse(zstdDecompressSync(row.value).toString("utf8")) as Value]];
    }),
  );
}

/** Two who computed the same have the same result, so the second one's is left out. */
export async function insertDerived<Value>({
  database,
  kind,
  rows,
}: {
  database: Database;
  kind: DerivedKind<Value>;
  rows: ReadonlyMap<string, Value>;
}): Promise<void> {
  if (rows.size === 0) return;
  await database.prisma.derivedContent.createMany({
    data: [...rows].map(([key, value]) => ({
      key: new Uint8Array(hashKey({ kind, key })),
      value: new Uint8Array(zstdCompressSync(JSON.stringify(value))),
    })),
    skipDuplicates: true,
  });
}

/** What was computed before, and what `compute` gives for the rest, which is kept from now on. */
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

function hashKey({ kind, key }: { kind: Pick<DerivedKind<unknown>, "name" | "version">; key: string }): Buffer {
  return createHash("sha256").update(`${kind.name}\0${kind.version}\0${key}`).digest();
}
