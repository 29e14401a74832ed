import { crc32, inflateRaw, inflateRawSync, type InputType, type ZlibOptions } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import { invalidArchive } from "./invalid-archive.ts";
import { anyEncryption, zipFlags } from "./zip-flags.ts";
import type { ZipEntry } from "./read-zip-directory.ts";

export const methodStored = 0;
export const methodDeflated = 8;

const localSignature = 0x04034b50;
const localBytes = 30;
const zip64Field = 0x0001;
const unset32 = 0xffffffff;

/** Smaller contents inflate faster than they can be passed to another thread. */
const maxSyncBytes = 65_536;

/**
 * The content of an entry, verified against the directory: size and CRC-32 for stored and deflated entries, and the
 * local header has to agree.
 *
 * @throws AppError INVALID_ARCHIVE
 */
export async function readZipEntry({ source, entry }: { source: ByteSource; entry: ZipEntry }): Promise<Uint8Array> {
  const contentOffset = await findContent({ source, entry });
  const compressed = await readWithin({
    source,
    entry,
    range: { offset: contentOffset, length: entry.compressedBytes },
  });
  const content = entry.method === methodStored ? new Uint8Array(compressed) : await inflate({ compressed, entry });
  if (content.length !== entry.sizeBytes)
    throw damaged({ entry, reason: `it has ${content.length} bytes and says ${entry.sizeBytes}` });
  if (crc32(content) !== entry.crc32) throw damaged({ entry, reason: "its content does not match its checksum" });
  return content;
}

type Range = { offset: number; length: number };

/** The directory's numbers are untrusted: they may point past the archive's end. */
async function readWithin({
  source,
  entry,
  range,
}: {
  source: ByteSource;
  entry: ZipEntry;
  range: Range;
}): Promise<Uint8Array> {
  if (range.offset + range.length > source.sizeBytes) throw damaged({ entry, reason: "it is cut off" });
  return source.read(range);
}

/** Checks the entry's local header. @returns the position of the first content byte */
async function findContent({ source, entry }: { source: ByteSource; entry: ZipEntry }): Promise<number> {
  const read = (range: Range) => readWithin({ source, entry, range });
  const header = await read({ offset: entry.headerOffset, length: localBytes });
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (view.getUint32(0, true) !== localSignature) throw damaged({ entry, reason: "it is not where it should be" });
  const [nameLength, extraLength] = [view.getUint16(26, true), view.getUint16(28, true)];
  const afterHeader = entry.headerOffset + localBytes;
  const tail = await read({ offset: afterHeader, length: nameLength + extraLength });
  if (Buffer.compare(tail.subarray(0, nameLength), entry.nameBytes) !== 0)
    throw damaged({ entry, reason: "it has another name in front of its content" });
  if (view.getUint16(8, true) !== entry.method)
    throw damaged({ entry, reason: "it has another compression in front of its content" });
  const flags = view.getUint16(6, true);
  const isAscii = entry.nameBytes.every((byte) => byte < 0x80);
  const compared = anyEncryption | (isAscii ? 0 : zipFlags.utf8);
  if ((flags & compared) !== (entry.flags & compared))
    throw damaged({ entry, reason: "its flags in front of its content are others than in the directory" });
  if ((entry.flags & zipFlags.descriptor) === 0)
    assertSameSizes({ entry, header: view, extra: tail.subarray(nameLength) });
  return afterHeader + nameLength + extraLength;
}

function assertSameSizes({ entry, header, extra }: { entry: ZipEntry; header: DataView; extra: Uint8Array }): void {
  const isWide = header.getUint32(18, true) === unset32 || header.getUint32(22, true) === unset32;
  const wide = isWide ? readWideSizes(extra) : null;
  const compressedBytes = wide?.compressedBytes ?? header.getUint32(18, true);
  const sizeBytes = wide?.sizeBytes ?? header.getUint32(22, true);
  if (
    compressedBytes !== entry.compressedBytes ||
    sizeBytes !== entry.sizeBytes ||
    header.getUint32(14, true) !== entry.crc32
  )
    throw damaged({ entry, reason: "its sizes in front of its content are others than in the directory" });
}

function readWideSizes(extra: Uint8Array): { sizeBytes: number; compressedBytes: number } | null {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== zip64Field || at + 20 > extra.length) continue;
    return {
      sizeBytes: Number(view.getBigUint64(at + 4, true)),
      compressedBytes: Number(view.getBigUint64(at + 12, true)),
    };
  }
  return null;
}

async function inflate({ compressed, entry }: { compressed: Uint8Array; entry: ZipEntry }): Promise<Uint8Array> {
  const options = { info: true, maxOutputLength: Math.max(entry.sizeBytes, 1) };
  let result: Inflated;
  try {
    result =
      entry.sizeBytes <= maxSyncBytes && compressed.length <= maxSyncBytes
        ? (inflateRawSync(compressed, options) as unknown as Inflated)
        : await inflateInThread({ compressed, options });
  } catch (cause) {
    const isLonger = cause instanceof RangeError;
    throw damaged({ entry, reason: isLonger ? "it is longer than it says" : "its content cannot be inflated", cause });
  }
  if (result.engine.bytesWritten !== compressed.length)
    throw damaged({ entry, reason: "other bytes follow its content" });
  return new Uint8Array(result.buffer);
}

/** What zlib returns with `info`; `bytesWritten` counts the consumed input. */
type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };

function inflateInThread({ compressed, options }: { compressed: InputType; options: ZlibOptions }): Promise<Inflated> {
  return new Promise((resolve, reject) => {
    inflateRaw(compressed, options, (error, result) => {
      if (error === null) resolve(result as unknown as Inflated);
      else reject(error);
    });
  });
}

function damaged({ entry, reason, cause }: { entry: ZipEntry; reason: string; cause?: unknown }) {
  return invalidArchive(`${entry.name} is damaged: ${reason}.`, cause);
}
