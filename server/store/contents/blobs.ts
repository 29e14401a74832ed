import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync, type ZstdOptions } from "node:zlib";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { hashContent } from "#server/core/content-hash.ts";
import type { FileContents } from "#server/core/file-tree.ts";
import type { Transaction } from "../database.ts";
import { startTimeSlices } from "#server/threads/time-slices.ts";
import { Prisma } from "../prisma-client/client.ts";
import { hashFromBytes, hashToBytes } from "./hash-bytes.ts";

/**
 * Reading a blob reads its bases. With 4 kB source files, a chain of 24 takes under 2 ms to read and saves most of the
 * space that an unlimited chain would (measured).
 */
const maxDepth = 24;

/** Smaller contents compress faster than they can be passed to another thread. */
const maxSyncBytes = 65_536;
const compressInThread = promisify(zstdCompress);

const rowsPerStatement = 500;
const bytesPerStatement = 1_048_576;

/** A larger dictionary costs more time than the bytes it saves are worth. */
const maxBaseBytes = 1_048_576;

type BlobRow = {
  hash: Uint8Array<ArrayBuffer>;
  sizeBytes: number;
  bytes: Uint8Array<ArrayBuffer>;
  isPlain: boolean;
  baseHash: Uint8Array<ArrayBuffer> | null;
  depth: number;
};

export type BlobBase = { contentHash: ContentHash; content: Uint8Array };

/**
 * Writes contents that are not stored yet. Each is compressed against the version that it replaces, if one is given.
 * Existing blobs stay unchanged.
 */
export async function insertBlobs({
  transaction,
  contents,
  bases,
}: {
  transaction: Transaction;
  contents: FileContents;
  bases: ReadonlyMap<ContentHash, BlobBase>;
}): Promise<void> {
  if (contents.size === 0) return;
  const baseHashes = [...new Set([...bases.values()].map((base) => base.contentHash))].map(hashToBytes);
  const baseRows =
    baseHashes.length === 0
      ? []
      : await transaction.blob.findMany({ where: { hash: { in: baseHashes } }, select: { hash: true, depth: true } });
  const depthByHash = new Map(baseRows.map((row) => [hashFromBytes(row.hash), row.depth]));
  let rows: BlobRow[] = [];
  let rowBytes = 0;
  const letOthersGo = startTimeSlices();
  // In one order everywhere: of two that store the same blobs, none waits for the other and is waited for.
  for (const [contentHash, content] of [...contents].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await letOthersGo();
    const base = bases.get(contentHash);
    const baseDepth = base === undefined ? undefined : depthByHash.get(base.contentHash);
    const usable =
      base !== undefined && baseDepth !== undefined && baseDepth < maxDepth && base.content.length <= maxBaseBytes;
    const row = await encodeBlob({ contentHash, content, base: usable ? { ...base, depth: baseDepth } : null });
    if (rows.length === rowsPerStatement || (rows.length > 0 && rowBytes + row.bytes.length > bytesPerStatement)) {
      await insertRows({ transaction, rows });
      rows = [];
      rowBytes = 0;
    }
    rows.push(row);
    rowBytes += row.bytes.length;
  }
  await insertRows({ transaction, rows });
}

/** One JSON parameter instead of `createMany`, which plans each value separately and blocks the process for that time. */
async function insertRows({ transaction, rows }: { transaction: Transaction; rows: readonly BlobRow[] }) {
  const values = rows.map(({ hash, bytes, baseHash, ...row }) => ({
    ...row,
    hash: toBase64(hash),
    bytes: toBase64(bytes),
    baseHash: baseHash === null ? null : toBase64(baseHash),
  }));
  await transaction.$executeRaw(Prisma.sql`
    INSERT INTO "Blob" (hash, "sizeBytes", bytes, "isPlain", "baseHash", depth)
    SELECT decode(hash, 'base64'), "sizeBytes", decode(bytes, 'base64'), "isPlain", decode("baseHash", 'base64'), depth
    FROM json_to_recordset(${JSON.stringify(values)}::json) AS row(
      hash text, "sizeBytes" int, bytes text, "isPlain" boolean, "baseHash" text, depth int)
    ON CONFLICT DO NOTHING`);
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

async function encodeBlob({
  contentHash,
  content,
  base,
}: {
  contentHash: ContentHash;
  content: Uint8Array;
  base: (BlobBase & { depth: number }) | null;
}): Promise<BlobRow> {
  const row = { hash: hashToBytes(contentHash), sizeBytes: content.length };
  const options = { params: { [constants.ZSTD_c_compressionLevel]: 6 } };
  const alone = await compress({ content, options });
  if (base !== null && base.content.length > 0) {
    const delta = await compress({ content, options: { ...options, dictionary: base.content } });
    if (delta.length < alone.length * 0.75 && delta.length < content.length) {
      return {
        ...row,
        bytes: new Uint8Array(delta),
        isPlain: false,
        baseHash: hashToBytes(base.contentHash),
        depth: base.depth + 1,
      };
    }
  }
  if (alone.length < content.length)
    return { ...row, bytes: new Uint8Array(alone), isPlain: false, baseHash: null, depth: 0 };
  return { ...row, bytes: new Uint8Array(content), isPlain: true, baseHash: null, depth: 0 };
}

async function compress({ content, options }: { content: Uint8Array; options: ZstdOptions }): Promise<Buffer> {
  return content.length <= maxSyncBytes ? zstdCompressSync(content, options) : compressInThread(content, options);
}

/**
 * The contents of `hashes`, each verified against its hash.
 *
 * @throws AppError STORED_CONTENT_DAMAGED if a blob is missing or does not match
 */
export async function loadBlobs({
  transaction,
  hashes,
}: {
  transaction: Transaction;
  hashes: Iterable<ContentHash>;
}): Promise<FileContents> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return new Map();
  const rows = await loadRows({ transaction, hashes: wanted });
  const decoded = new Map<ContentHash, Uint8Array>();
  const contents = new Map<ContentHash, Uint8Array>();
  const letOthersGo = startTimeSlices();
  for (const hash of wanted) {
    contents.set(hash, decodeBlob({ hash, rows, decoded }));
    await letOthersGo();
  }
  return contents;
}

/** Reads what is readable of `hashes` and lists the rest, for callers that can continue without it. */
export async function loadSoundBlobs({
  transaction,
  hashes,
}: {
  transaction: Transaction;
  hashes: Iterable<ContentHash>;
}): Promise<{ contents: FileContents; damaged: ReadonlySet<ContentHash> }> {
  const rows = await loadRows({ transaction, hashes: [...new Set(hashes)] });
  const decoded = new Map<ContentHash, Uint8Array>();
  const contents = new Map<ContentHash, Uint8Array>();
  const damagedHashes = new Set<ContentHash>();
  for (const hash of new Set(hashes)) {
    try {
      contents.set(hash, decodeBlob({ hash, rows, decoded }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      damagedHashes.add(hash);
    }
  }
  return { contents, damaged: damagedHashes };
}

/** The rows of `hashes` and of all their base blobs. */
async function loadRows({
  transaction,
  hashes,
}: {
  transaction: Transaction;
  hashes: ContentHash[];
}): Promise<Map<ContentHash, BlobRow>> {
  const rows = new Map<ContentHash, BlobRow>();
  let missing = hashes;
  while (missing.length > 0) {
    const found: BlobRow[] = [];
    for (let at = 0; at < missing.length; at += rowsPerStatement) {
      const hashed = missing.slice(at, at + rowsPerStatement).map(hashToBytes);
      found.push(...(await transaction.blob.findMany({ where: { hash: { in: hashed } } })));
    }
    for (const row of found) rows.set(hashFromBytes(row.hash), row);
    missing = [...new Set(found.flatMap((row) => (row.baseHash === null ? [] : [hashFromBytes(row.baseHash)])))].filter(
      (hash) => !rows.has(hash),
    );
  }
  return rows;
}

function decodeBlob({
  hash,
  rows,
  decoded,
}: {
  hash: ContentHash;
  rows: ReadonlyMap<ContentHash, BlobRow>;
  decoded: Map<ContentHash, Uint8Array>;
}): Uint8Array {
  const known = decoded.get(hash);
  if (known !== undefined) return known;
  const row = rows.get(hash);
  if (row === undefined) throw damaged(hash);
  const content = readRow({
    row,
    hash,
    dictionary: row.baseHash === null ? null : decodeBlob({ hash: hashFromBytes(row.baseHash), rows, decoded }),
  });
  if (hashContent(content) !== hash) throw damaged(hash);
  decoded.set(hash, content);
  return content;
}

function readRow({
  row,
  hash,
  dictionary,
}: {
  row: BlobRow;
  hash: ContentHash;
  dictionary: Uint8Array | null;
}): Uint8Array {
  if (row.isPlain) return row.bytes;
  try {
    return zstdDecompressSync(row.bytes, {
      maxOutputLength: Math.max(row.sizeBytes, 1),
      ...(dictionary === null ? {} : { dictionary }),
    });
  } catch (cause) {
    throw damaged(hash, cause);
  }
}

function damaged(hash: ContentHash, cause?: unknown): AppError {
  return new AppError({
    code: "STORED_CONTENT_DAMAGED",
    message: `The stored content ${hash.slice(0, 12)} does not match its hash, so it is not shown. It was left as it is, and other files and versions are kept. Run npm run fsck -- --repair-from-parent: it names what is damaged and a version that has it whole.`,
    details: { contentHash: hash },
    cause,
  });
}
