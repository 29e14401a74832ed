import { crc32, deflateRawSync } from "node:zlib";

/** One entry, field by field. Omitted fields get the values that a correct archiver writes. */
export type ZipEntryParts = {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  /** Type and permissions of Unix; none by default. */
  mode?: number;
  method?: number;
  flags?: number;
  madeBy?: number;
  attributes?: number;
  crc?: number;
  declaredBytes?: number;
  declaredCompressedBytes?: number;
  compressed?: Uint8Array;
  localName?: string | Uint8Array;
  localMethod?: number;
  localSizeBytes?: number;
  headerOffset?: number;
  extra?: Uint8Array;
  hasDescriptor?: boolean;
  disk?: number;
};

export type ZipParts = {
  comment?: string;
  declaredCount?: number;
  directoryOffset?: number;
  prefix?: Uint8Array;
  suffix?: Uint8Array;
  isZip64?: boolean;
};

/** Builds a zip byte by byte, so that any single part of it can be wrong. */
export function buildZip(entries: readonly ZipEntryParts[], parts: ZipParts = {}): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [parts.prefix ?? new Uint8Array()];
  const directory: Uint8Array[] = [];
  let offset = pieces[0]?.length ?? 0;
  const measure = (list: readonly Uint8Array[]) => list.reduce((sum, { length }) => sum + length, 0);
  for (const entry of entries) {
    const content = toBytes(entry.content ?? "");
    const method = entry.method ?? 8;
    const body = entry.compressed ?? (method === 8 ? deflateRawSync(content) : content);
    const shared = {
      method,
      flags: (entry.flags ?? 0x0800) | (entry.hasDescriptor === true ? 8 : 0),
      crc: entry.crc ?? crc32(content),
      compressedBytes: entry.declaredCompressedBytes ?? body.length,
      sizeBytes: entry.declaredBytes ?? content.length,
    };
    const headerOffset = entry.headerOffset ?? offset;
    const added = [local({ ...shared, entry }), body, ...(entry.hasDescriptor === true ? [descriptor(shared)] : [])];
    pieces.push(...added);
    offset += measure(added);
    directory.push(central({ ...shared, entry, headerOffset }));
  }
  const directoryOffset = parts.directoryOffset ?? measure(pieces);
  const directoryBytes = measure(directory);
  const values = { count: parts.declaredCount ?? entries.length, directoryBytes, directoryOffset };
  const zip64 = parts.isZip64 === true ? zip64End({ ...values, offset: measure(pieces) + directoryBytes }) : [];
  return new Uint8Array(
    Buffer.concat([
      ...pieces,
      ...directory,
      ...zip64,
      end({ ...values, comment: parts.comment ?? "", isZip64: parts.isZip64 === true }),
      parts.suffix ?? new Uint8Array(),
    ]),
  );
}

type Shared = { method: number; flags: number; crc: number; compressedBytes: number; sizeBytes: number };

function local({ entry, ...shared }: Shared & { entry: ZipEntryParts }): Uint8Array {
  const name = toBytes(entry.localName ?? entry.name);
  const isLater = entry.hasDescriptor === true;
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(shared.flags, 6);
  header.writeUInt16LE(entry.localMethod ?? shared.method, 8);
  header.writeUInt16LE(0x21, 12);
  header.writeUInt32LE(isLater ? 0 : shared.crc, 14);
  header.writeUInt32LE(isLater ? 0 : shared.compressedBytes, 18);
  header.writeUInt32LE(isLater ? 0 : (entry.localSizeBytes ?? shared.sizeBytes), 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function descriptor({ crc, compressedBytes, sizeBytes }: Shared): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  bytes.writeUInt32LE(compressedBytes, 8);
  bytes.writeUInt32LE(sizeBytes, 12);
  return bytes;
}

function central({
  entry,
  headerOffset,
  ...shared
}: Shared & { entry: ZipEntryParts; headerOffset: number }): Uint8Array {
  const name = toBytes(entry.name);
  const extra = entry.extra ?? new Uint8Array();
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(entry.madeBy ?? (3 << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(shared.flags, 8);
  header.writeUInt16LE(shared.method, 10);
  header.writeUInt16LE(0x21, 14);
  header.writeUInt32LE(shared.crc, 16);
  header.writeUInt32LE(shared.compressedBytes, 20);
  header.writeUInt32LE(shared.sizeBytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt16LE(entry.disk ?? 0, 34);
  header.writeUInt32LE(entry.attributes ?? (entry.mode ?? 0) * 0x10000, 38);
  header.writeUInt32LE(headerOffset, 42);
  return Buffer.concat([header, name, extra]);
}

type EndValues = { count: number; directoryBytes: number; directoryOffset: number };

function end({
  count,
  directoryBytes,
  directoryOffset,
  comment,
  isZip64,
}: EndValues & { comment: string; isZip64: boolean }): Uint8Array {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(isZip64 ? 0xffff : count, 8);
  bytes.writeUInt16LE(isZip64 ? 0xffff : count, 10);
  bytes.writeUInt32LE(isZip64 ? 0xffffffff : directoryBytes, 12);
  bytes.writeUInt32LE(isZip64 ? 0xffffffff : directoryOffset, 16);
  bytes.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([bytes, Buffer.from(comment)]);
}

function zip64End({ count, directoryBytes, directoryOffset, offset }: EndValues & { offset: number }): Uint8Array[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}

function toBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === "string" ? Buffer.from(value, "utf8") : value;
}

/** An extra field of the directory. */
export function extraField({ id, data }: { id: number; data: Uint8Array }): Uint8Array {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(data.length, 2);
  return Buffer.concat([header, data]);
}

/** Info-ZIP's Unicode path of a name whose plain bytes are `plainName`. */
export function unicodePathField({ name, plainName }: { name: string; plainName: Uint8Array }): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(crc32(plainName), 1);
  return extraField({ id: 0x7075, data: Buffer.concat([head, Buffer.from(name, "utf8")]) });
}
